package hlstm.trainer.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * The processor as the operating system describes it; only Linux does.
 *
 * @param model its name, or {@code unknown}
 * @param flags the instruction sets it has, under Linux's names
 */
public record Processor(String model, Set<String> flags) {
    private static final Path LINUX = Path.of("/proc/cpuinfo");

    /** The processor of this machine. */
    public static Processor here() {
        try {
            return of(Files.readAllLines(LINUX));
        } catch (IOException e) {
            return of(List.of());
        }
    }

    static Processor of(List<String> lines) {
        return new Processor(
                value(lines, "model name", "unknown"),
                Set.of(value(lines, "flags", "").split(" +")));
    }

    /** Whether it adds four int8 products in 32 bits, hence without saturation. */
    public boolean dotsInt8Exactly() {
        return flags.contains("avx512_vnni") || flags.contains("avx_vnni");
    }

    private static String value(List<String> lines, String key, String otherwise) {
        return lines.stream()
                .filter(line -> line.startsWith(key) && line.indexOf(':') > 0)
                .findFirst()
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .orElse(otherwise);
    }
}
