package hlstm.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hlstm.sparse.KernelProviders;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Java runtimes that were cut down to what a service needs may lack the management modules. */
final class SlimRuntimeTest {
    @TempDir private Path folder;

    /** What a service does with the model that it is given. */
    static final class Service {
        private Service() {}

        public static void main(String[] args) throws Exception {
            boolean management =
                    ModuleLayer.boot().findModule("java.management").isPresent()
                            || ModuleLayer.boot().findModule("jdk.management").isPresent();
            Model model = Model.load(Path.of(args[0]));
            WarmUpReport warm = model.warmUp(Duration.ofMillis(10));
            float[] in = new float[model.spec().inputWidth()];
            float[] out = new float[model.spec().outputWidth()];
            model.newSession().step(in, out);
            System.out.printf(
                    "management %b, provider %s, warm-up of %d steps, output %s%n",
                    management, model.kernels().provider(), warm.steps(), Float.isFinite(out[0]));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"java.base", "java.base,jdk.incubator.vector"})
    void runsWithoutTheManagementModules(String modules) throws Exception {
        Path file = folder.resolve("model.safetensors");
        RandomModels.mixed(RandomModels.stack(RandomModels.hlstm(3, 16, 8)), 1)
                .builder()
                .write(file);
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--limit-modules=" + modules);
        if (modules.contains("vector")) {
            command.add("--add-modules=jdk.incubator.vector");
        }
        command.addAll(List.of("-cp", classPath(), Service.class.getName(), file.toString()));

        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertEquals(0, process.waitFor(), output);
        assertTrue(
                output.matches(
                        "(?s).*management false, provider \\w+, warm-up of [1-9]\\d* steps, output true\\R"),
                output);
    }

    /** The classes under test and what they need, whether they are modules here or not. */
    private static String classPath() throws Exception {
        List<String> path = new ArrayList<>();
        for (Class<?> type : List.of(Service.class, Model.class, KernelProviders.class)) {
            path.add(
                    Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
                            .toString());
        }
        path.add(
                Path.of(
                                it.unimi.dsi.fastutil.ints.IntArrayList.class
                                        .getProtectionDomain()
                                        .getCodeSource()
                                        .getLocation()
                                        .toURI())
                        .toString());
        return String.join(File.pathSeparator, path);
    }
}
