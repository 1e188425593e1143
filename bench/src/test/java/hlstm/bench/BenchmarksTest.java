package hlstm.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hlstm.trainer.cli.ExtraCommand;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Every benchmark runs, and what it says about its work is so. */
class BenchmarksTest {
    private static Collection<RunResult> run(String name, Map<String, String> parameters)
            throws Exception {
        var options =
                new OptionsBuilder()
                        .include("\\." + name)
                        .forks(0)
                        .warmupIterations(0)
                        .measurementIterations(1)
                        .measurementTime(TimeValue.milliseconds(20))
                        .shouldFailOnError(true)
                        .verbosity(VerboseMode.SILENT);
        parameters.forEach(options::param);
        return new Runner(options.build()).run();
    }

    @Test
    void countsOneMultiplyAddForEachWeight() throws Exception {
        for (String layout : List.of("plain", "rows4", "rows8", "rows16", "rows32", "banked8")) {
            BenchResult result =
                    BenchResult.of(
                            run(
                                            "MatrixVectorBenchmark",
                                            Map.of(
                                                    "layout", layout,
                                                    "density", "1",
                                                    "shape", "64x32"))
                                    .iterator()
                                    .next());
            double counted = result.multiplyAddsPerNano() * 1000 * result.microsPerOperation();
            assertEquals(64 * 32, counted, 1e-6 * 64 * 32, layout);
        }
    }

    @Test
    void allBenchmarksRun() throws Exception {
        assertEquals(1, run("DenseMatrixVectorBenchmark", Map.of("shape", "64x32")).size());
        assertEquals(
                2,
                run(
                                "MatrixSequenceBenchmark",
                                Map.of("shape", "64x32", "density", "0.2", "layout", "rows16"))
                        .size());
        assertEquals(
                3,
                run("TrainingProductBenchmark", Map.of("shape", "64x32", "density", "0.2")).size());
        assertEquals(
                1, run("StreamingSumBenchmark", Map.of("shape", "64x32", "density", "0.2")).size());
        assertEquals(3, run("ConvolutionBenchmark", Map.of("layer", "1", "steps", "12")).size());
        assertEquals(5, run("StepBenchmark", Map.of()).size());
    }

    @Test
    void layoutsAreHeldAgainstPlainCsrOfTheSameSizeAndDensity() {
        BenchResult plain = result("plain", "0.1", 1.5);
        BenchResult rows = result("rows16", "0.1", 12.0);
        BenchResult other = result("rows16", "0.2", 12.0);

        String[] lines = BenchResult.table(List.of(plain, rows, other)).toString().split("\n");

        assertTrue(lines[2].endsWith("1.00x"), lines[2]);
        assertTrue(lines[3].endsWith("8.00x"), lines[3]);
        assertTrue(lines[4].endsWith("24.00"), lines[4]);
    }

    @Test
    void theCommandIsFound() {
        assertTrue(
                ServiceLoader.load(ExtraCommand.class).stream()
                        .anyMatch(provider -> provider.type() == BenchCommand.class));
    }

    private static BenchResult result(String layout, String density, double multiplyAdds) {
        return new BenchResult(
                "MatrixVectorBenchmark.multiply",
                Map.of("layout", layout, "density", density),
                100,
                1,
                multiplyAdds);
    }
}
