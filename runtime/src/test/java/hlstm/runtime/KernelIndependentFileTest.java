package hlstm.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import hlstm.sparse.KernelProviders;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same weights give the same file and fingerprint, whatever kernels run here. */
final class KernelIndependentFileTest {
    @TempDir private Path folder;

    /** The model as a process writes it; prints its kernels and the fingerprint. */
    static final class Writer {
        private Writer() {}

        public static void main(String[] arguments) throws Exception {
            Path file = Path.of(arguments[0]);
            System.out.println(KernelProviders.get().report().provider() + " " + write(file));
        }
    }

    private static String write(Path file) throws Exception {
        ModelSpec spec =
                RandomModels.stack(
                        new RecurrentSpec(new CellSpec(37, 40, List.of(29), false, 0.01f), true),
                        RandomModels.lstm(40, 33),
                        new LinearSpec(33, 5));
        ModelBuilder builder = RandomModels.mixed(spec, 9).builder();
        builder.write(file);
        assertEquals(builder.build().fingerprint(), Model.load(file).fingerprint());
        return "%016x".formatted(builder.build().fingerprint());
    }

    @Test
    void sameWeightsGiveTheSameFileAsOnScalarKernels() throws Exception {
        Path here = folder.resolve("here");
        Path scalar = folder.resolve("scalar");
        String fingerprint = write(here);
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Dhlstm.provider=scalar",
                                "-cp",
                                classPath(),
                                Writer.class.getName(),
                                scalar.toString())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertEquals(0, process.waitFor(), output);
        assertEquals("scalar " + fingerprint, output.strip());
        assertArrayEquals(Files.readAllBytes(scalar), Files.readAllBytes(here));
    }

    /** All that this process runs from, its modules too; the test classes patch one of them. */
    private static String classPath() {
        return String.join(
                File.pathSeparator,
                "target/test-classes",
                System.getProperty("jdk.module.path", ""),
                System.getProperty("surefire.test.class.path", ""),
                System.getProperty("java.class.path"));
    }
}
