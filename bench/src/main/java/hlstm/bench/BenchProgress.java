package hlstm.bench;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Collection;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.format.OutputFormat;

/** Shows now and then how far JMH is and what it is at, and its errors at once. */
final class BenchProgress implements OutputFormat {
    private static final String PROGRESS = "# Run progress: ";
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private final PrintWriter err;
    private long next = System.nanoTime();
    private String progress = "0 % complete";

    BenchProgress(PrintWriter err) {
        this.err = err;
    }

    @Override
    public void println(String line) {
        if (line.startsWith(PROGRESS)) {
            progress = line.substring(PROGRESS.length());
        } else if (line.startsWith("<failure>") || line.startsWith("ERROR")) {
            err.println("bench: " + line);
            err.flush();
        }
    }

    @Override
    public void startBenchmark(BenchmarkParams params) {
        long now = System.nanoTime();
        if (now - next < 0) {
            return;
        }
        next = now + INTERVAL.toNanos();
        StringBuilder name = new StringBuilder(params.getBenchmark().replaceAll(".*\\.", ""));
        for (String key : params.getParamsKeys()) {
            name.append(' ').append(params.getParam(key));
        }
        err.println("bench: %s, at %s".formatted(progress, name));
        err.flush();
    }

    @Override
    public void iteration(BenchmarkParams benchmark, IterationParams params, int iteration) {}

    @Override
    public void iterationResult(
            BenchmarkParams benchmark,
            IterationParams params,
            int iteration,
            IterationResult result) {}

    @Override
    public void endBenchmark(BenchmarkResult result) {}

    @Override
    public void startRun() {}

    @Override
    public void endRun(Collection<RunResult> results) {}

    @Override
    public void print(String text) {}

    @Override
    public void flush() {}

    @Override
    public void close() {}

    @Override
    public void verbosePrintln(String line) {}

    @Override
    public void write(int character) {}

    @Override
    public void write(byte[] bytes) {}
}
