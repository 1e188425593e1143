package hlstm.bench;

import hlstm.sparse.KernelProviders;
import hlstm.sparse.ProviderReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What figures were taken on.
 *
 * @param processor model of the processor, or {@code unknown}
 * @param processors that the JVM may use
 * @param system operating system and architecture
 * @param java version of the JVM
 * @param kernels that were chosen
 */
record Machine(
        String processor, int processors, String system, String java, ProviderReport kernels) {
    private static final Path LINUX = Path.of("/proc/cpuinfo");

    static Machine here() {
        return new Machine(
                cpuModel(),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                Runtime.version().toString(),
                KernelProviders.get().report());
    }

    private static String cpuModel() {
        try (Stream<String> lines = Files.lines(LINUX)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .orElse("unknown");
        } catch (IOException e) {
            return "unknown";
        }
    }

    String description() {
        return "%s, %d processors, %s, Java %s, %s"
                .formatted(processor, processors, system, java, kernels);
    }
}
