package hlstm.bench.start;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Starts {@link StartProbe} in a JVM of its own, with the flags of this one. */
final class ProbeProcess {
    private static final Duration LONGEST = Duration.ofMinutes(3);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final Path model;

    /**
     * Processes that run a model.
     *
     * @param folder for what they write
     */
    ProbeProcess(Path folder, Path model) {
        this.folder = folder;
        this.model = model;
    }

    /**
     * Starts a process and waits for its end.
     *
     * @param flags of its JVM, besides those of this one
     * @throws IOException if it fails; the message has what it wrote
     */
    StartTimes run(List<String> flags, boolean warmUp, Duration steps) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(StartProbe.class.getName(), model.toString()));
        command.addAll(
                List.of(
                        Instant.now().toString(),
                        String.valueOf(warmUp),
                        String.valueOf(steps.toMillis())));
        Path output = folder.resolve("output.txt");
        Path errors = folder.resolve("errors.txt");
        Process process =
                new ProcessBuilder(command)
                        .redirectOutput(output.toFile())
                        .redirectError(errors.toFile())
                        .start();
        try {
            if (!process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
                throw new IOException("a JVM did not end within " + LONGEST.toMinutes() + " min");
            }
        } catch (InterruptedException e) {
            throw new IOException("interrupted while a JVM was running", e);
        } finally {
            process.destroyForcibly();
        }
        String text = Files.readString(output);
        int from = text.indexOf('{');
        if (process.exitValue() != 0 || from < 0) {
            throw new IOException(
                    "a JVM with %s ended with exit code %d: %s%s"
                            .formatted(flags, process.exitValue(), text, Files.readString(errors)));
        }
        // What the JVM itself prints stands before and behind.
        return JSON.readValue(text.substring(from, text.lastIndexOf('}') + 1), StartTimes.class);
    }
}
