package hlstm.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hlstm.sparse.KernelProviders;
import hlstm.sparse.Kernels;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A model does not load on kernels that compute something else than those it was made with. */
final class SelfCheckTest {
    @TempDir private Path folder;

    /** What may be wrong with kernels. */
    enum Fault {
        ONE_ROW_OFF("multiply", (array, offset) -> array[offset + 1] -= 0.1f),
        ONE_PERCENT_OFF("multiplyAdd", (array, offset) -> scale(array, 1.01f)),
        NOT_RECTIFIED("rectify", null),
        STATE_NOT_UPDATED("updateState", null),
        NAN("multiply", (array, offset) -> array[offset] = Float.NaN);

        private final String method;
        private final Spoiler spoiler;

        Fault(String method, Spoiler spoiler) {
            this.method = method;
            this.spoiler = spoiler;
        }
    }

    private static void scale(float[] array, float factor) {
        for (int k = 0; k < array.length; k++) {
            array[k] *= factor;
        }
    }

    /** Spoils an output; null in its place leaves the call out. */
    private interface Spoiler {
        void spoil(float[] array, int offset);
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void faultyKernelsAreRefused(Fault fault) throws Exception {
        Path file = write(1);
        ModelFormatException e =
                assertThrows(ModelFormatException.class, () -> Model.load(file, faulty(fault)));
        assertTrue(e.getMessage().contains("self-check with the"), e.getMessage());
        assertTrue(e.getMessage().contains("do not work on this machine"), e.getMessage());
    }

    @Test
    void everyProviderPasses() throws Exception {
        for (String provider : List.of("scalar", "auto")) {
            for (int seed = 0; seed < 8; seed++) {
                Kernels kernels = KernelProviders.of(provider);
                assertEquals(kernels.report(), Model.load(write(seed), kernels).kernels());
            }
        }
    }

    /** Weights this large make a model chaotic: any rounding changes its outputs visibly. */
    @Test
    void modelsThatAmplifyErrorsAreNotRefused() throws Exception {
        for (int seed = 0; seed < 8; seed++) {
            Path file = folder.resolve("wild");
            var content =
                    RandomModels.mixed(
                            RandomModels.stack(
                                    RandomModels.hlstm(12, 24, 24), RandomModels.hlstm(24, 24, 24)),
                            seed);
            for (var matrix : content.matrices().values()) {
                scale(Weights.values(matrix), 8);
            }
            content.builder().write(file);
            Model.load(file);
        }
    }

    private Path write(int seed) throws Exception {
        Path file = folder.resolve("model");
        ModelSpec spec = RandomModels.stack(RandomModels.hlstm(12, 20, 16), new LinearSpec(20, 5));
        RandomModels.mixed(spec, seed).builder().write(file);
        return file;
    }

    private static Kernels faulty(Fault fault) {
        Kernels sound = KernelProviders.get();
        InvocationHandler handler =
                (proxy, method, arguments) -> {
                    boolean batchOne = arguments != null && arguments.length < 8;
                    boolean spoilt = batchOne && method.getName().equals(fault.method);
                    if (spoilt && fault.spoiler == null) {
                        return null;
                    }
                    Object result = invoke(method, sound, arguments);
                    if (spoilt) {
                        int last = arguments.length - 1;
                        fault.spoiler.spoil((float[]) arguments[last - 1], (int) arguments[last]);
                    }
                    return result;
                };
        return (Kernels)
                Proxy.newProxyInstance(
                        Kernels.class.getClassLoader(), new Class<?>[] {Kernels.class}, handler);
    }

    private static Object invoke(Method method, Object target, Object[] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw new AssertionError(Arrays.toString(arguments), e.getCause());
        }
    }
}
