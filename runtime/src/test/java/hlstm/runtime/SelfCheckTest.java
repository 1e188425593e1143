package hlstm.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hlstm.sparse.KernelProviders;
import hlstm.sparse.Kernels;
import hlstm.sparse.Matrix;
import hlstm.sparse.PackedMatrix;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A model does not load on kernels that compute something else than those it was made with. */
final class SelfCheckTest {
    @TempDir private Path folder;

    /** What may be wrong with kernels. */
    enum Fault {
        ONE_ROW_OFF("multiply", (array, offset) -> array[offset + 1] *= -1),
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

    /** All seeds of the models whose weights amplify whatever rounding leaves. */
    private static final int WILD = 40;

    /** Weights of ten times the size that training starts from: rounding is seen in the outputs. */
    private static RandomModels.Content wild(int seed) {
        ModelSpec spec =
                RandomModels.stack(RandomModels.hlstm(12, 24, 24), RandomModels.hlstm(24, 24, 24));
        RandomModels.Content content = RandomModels.mixed(spec, seed);
        for (Matrix matrix : content.matrices().values()) {
            scale(Weights.values(matrix), 10);
        }
        return content;
    }

    /** The output that kernels give for a content. */
    private static GoldenVector golden(RandomModels.Content content, Kernels kernels) {
        ModelSpec spec = content.spec();
        PackedModel packed =
                PackedModel.pack(spec, new Weights(spec, content.matrices(), content.biases()));
        return GoldenVector.of(spec, () -> packed.newRun(kernels));
    }

    /** A file of a content with a golden vector of the test's choice. */
    private Path write(RandomModels.Content content, GoldenVector golden) throws Exception {
        Path file = folder.resolve("wild");
        ModelSpec spec = content.spec();
        new ModelFile(
                        spec,
                        new Weights(spec, content.matrices(), content.biases()),
                        Map.of(),
                        golden)
                .write(file);
        return file;
    }

    @Test
    void soundModelsLoadHoweverMuchTheyAmplify() throws Exception {
        int beyondTheUsualBound = 0;
        for (int seed = 0; seed < WILD; seed++) {
            RandomModels.Content content = wild(seed);
            GoldenVector golden = golden(content, GoldenVector.reference());
            Path file = write(content, golden);
            for (String provider : List.of("scalar", "auto")) {
                Model.load(file, KernelProviders.of(provider));
            }
            float[] found = golden(content, KernelProviders.get()).output();
            double bound = 4 * GoldenVector.byDepth(content.spec());
            beyondTheUsualBound += largestDifference(found, golden.output()) > bound ? 1 : 0;
        }
        boolean vectors = KernelProviders.get().report().vectorBits() > 0;
        assertEquals(vectors, beyondTheUsualBound > 0, "models: " + beyondTheUsualBound);
    }

    /** Later versions may add up in another order; here other kernels stand in for the earlier. */
    @Test
    void soundModelsOfOtherVersionsLoadHoweverMuchTheyAmplify() throws Exception {
        for (int seed = 0; seed < WILD; seed++) {
            RandomModels.Content content = wild(seed);
            Path file = write(content, golden(content, KernelProviders.get()));
            for (String provider : List.of("scalar", "auto")) {
                Model.load(file, KernelProviders.of(provider));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void faultyKernelsAreRefusedHoweverMuchAModelAmplifies(Fault fault) throws Exception {
        for (int seed = 0; seed < WILD; seed++) {
            RandomModels.Content content = wild(seed);
            Path file = write(content, golden(content, GoldenVector.reference()));
            ModelFormatException e =
                    assertThrows(
                            ModelFormatException.class,
                            () -> Model.load(file, faulty(fault)),
                            "seed " + seed);
            assertTrue(e.getMessage().contains("do not work on this machine"), e.getMessage());
        }
    }

    /**
     * The largest weight of a matrix has another sign than when the output was made. In some models
     * that leaves no trace, as gates are saturated, and after some steps it cannot be told from
     * what a model makes of rounding; where an output has moved by half of what it may be in the
     * first half of the steps, the file is refused.
     */
    @Test
    void aChangedWeightIsRefusedHoweverMuchAModelAmplifies() throws Exception {
        int refused = 0;
        for (int seed = 0; seed < WILD; seed++) {
            RandomModels.Content content = wild(seed);
            GoldenVector golden = golden(content, GoldenVector.reference());
            List<Matrix> matrices = List.copyOf(content.matrices().values());
            float[] values = Weights.values(matrices.get(seed % matrices.size()));
            int largest = 0;
            for (int k = 0; k < values.length; k++) {
                largest = Math.abs(values[k]) > Math.abs(values[largest]) ? k : largest;
            }
            values[largest] = -values[largest];
            float[] changed = golden(content, GoldenVector.reference()).output();
            if (largestDifference(firstHalf(changed), firstHalf(golden.output())) > 0.5) {
                Path file = write(content, golden);
                ModelFormatException e =
                        assertThrows(
                                ModelFormatException.class, () -> Model.load(file), "seed " + seed);
                assertTrue(e.getMessage().contains("not that of these weights"), e.getMessage());
                refused++;
            }
        }
        assertTrue(refused > WILD / 8, "models that the change could be seen in: " + refused);
    }

    private static float[] firstHalf(float[] output) {
        return Arrays.copyOf(output, output.length / 2);
    }

    private static double largestDifference(float[] a, float[] b) {
        double largest = 0;
        for (int k = 0; k < a.length; k++) {
            largest = Math.max(largest, Math.abs(a[k] - b[k]));
        }
        return largest;
    }

    /** An output that is a hundred million times another must not hide errors of the other. */
    @Test
    void outputsOfUnlikeScalesAreJudgedEachByItsOwn() throws Exception {
        for (int seed = 0; seed < 8; seed++) {
            ModelSpec spec =
                    RandomModels.stack(RandomModels.hlstm(12, 20, 16), new LinearSpec(20, 5));
            RandomModels.Content content =
                    RandomModels.content(spec, List.of(MatrixReport.DENSE), 1, seed);
            float[] output = Weights.values(content.matrices().get("layers.1.weight"));
            for (int k = 0; k < 20; k++) {
                output[k] *= 1e8f;
            }
            Path file = folder.resolve("scales");
            content.builder().write(file);

            for (String provider : List.of("scalar", "auto")) {
                Model.load(file, KernelProviders.of(provider));
            }
            ModelFormatException e =
                    assertThrows(
                            ModelFormatException.class, () -> Model.load(file, secondOutputOff()));
            assertTrue(e.getMessage().contains("do not work on this machine"), e.getMessage());
        }
    }

    /** Kernels that are off in the second of five outputs, beside the first. */
    private static Kernels secondOutputOff() {
        Kernels sound = KernelProviders.get();
        return (Kernels)
                Proxy.newProxyInstance(
                        Kernels.class.getClassLoader(),
                        new Class<?>[] {Kernels.class},
                        (proxy, method, arguments) -> {
                            Object result = invoke(method, sound, arguments);
                            boolean steps = arguments != null && arguments.length == 10;
                            if (steps && ((PackedMatrix) arguments[0]).rows() == 5) {
                                ((float[]) arguments[7])[(int) arguments[8] + 1] -= 0.01f;
                            }
                            return result;
                        });
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
