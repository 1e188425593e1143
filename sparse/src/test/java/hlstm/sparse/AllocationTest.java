package hlstm.sparse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** No kernel call allocates, once the compiler has seen it often enough. */
class AllocationTest {
    private static final int CALLS = 1_000;

    /**
     * On a loaded machine the compiler may wait for a processor longer than any fixed time: so what
     * counts is the time since a compilation has ended.
     */
    private static final long LONGEST_WITHOUT_COMPILATION_NANOS = 20_000_000_000L;

    /** Not multiples of anything, so that the ends of rows and blocks are called too. */
    private static final int ROWS = 109;

    private static final int COLUMNS = 61;

    /** What kernels do at once, and steps over. */
    private static final int STEPS = 11;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    static Stream<Arguments> calls() {
        Kernels kernels = KernelProviders.get();
        float[] x = KernelSamples.numbers(COLUMNS, 1);
        float[] y = new float[ROWS];
        float[] bias = new float[ROWS];
        List<Arguments> calls = new ArrayList<>();
        for (PackedMatrix packed : packed()) {
            add(calls, packed.toString(), () -> kernels.multiply(packed, x, 0, bias, 0, y, 0));
        }
        PackedMatrix irregular = PackedMatrix.pack(KernelSamples.irregular(ROWS, COLUMNS));
        for (Kernels form : KernelSamples.kernels()) {
            add(
                    calls,
                    form.report().plain() + ", irregular " + irregular,
                    () -> form.multiply(irregular, x, 0, bias, 0, y, 0));
        }
        float[] steps = KernelSamples.numbers(STEPS * COLUMNS, 1);
        float[] outputs = new float[STEPS * ROWS];
        for (PackedMatrix packed : packed()) {
            add(
                    calls,
                    "steps of " + packed,
                    () ->
                            kernels.multiply(
                                    packed, STEPS, steps, 0, COLUMNS, bias, 0, outputs, 0, ROWS));
        }
        float[] z = new float[ROWS];
        add(calls, "rectify", () -> kernels.rectify(0, z, 0, ROWS));
        add(calls, "sigmoid", () -> kernels.sigmoid(y, 0, z, 0, ROWS));
        add(calls, "tanh", () -> kernels.tanh(y, 0, z, 0, ROWS));
        add(calls, "updateState", () -> kernels.updateState(y, 0, ROWS / 4, x, 0, z, 0));
        for (int lanes : new int[] {5, 16, 45}) {
            addBatchProducts(
                    calls, "dense", new BatchBlocks(KernelSamples.dense(19, 14), lanes, 3));
            addBatchProducts(
                    calls,
                    "sparse",
                    new BatchBlocks(KernelSamples.sparse(19, 14, Geometry.PLAIN, 0.4), lanes, 3));
        }
        return calls.stream();
    }

    /** A dense matrix and one of each geometry. */
    private static List<PackedMatrix> packed() {
        List<PackedMatrix> packed = new ArrayList<>();
        packed.add(PackedMatrix.pack(KernelSamples.dense(ROWS, COLUMNS)));
        for (Geometry geometry : Geometry.values()) {
            packed.add(PackedMatrix.pack(KernelSamples.sparse(ROWS, COLUMNS, geometry, 0.3)));
        }
        return packed;
    }

    private static void addBatchProducts(List<Arguments> calls, String name, BatchBlocks blocks) {
        Kernels kernels = KernelProviders.get();
        Matrix matrix = blocks.matrix();
        float[] x = blocks.block(matrix.columns(), 1);
        float[] y = blocks.block(matrix.rows(), 2);
        float[] gradient = new float[matrix.weights()];
        String suffix = ", " + blocks.lanes() + " lanes";
        if (matrix instanceof DenseMatrix dense) {
            RowPanels panels = new RowPanels();
            panels.reshape(dense.rows(), dense.columns());
            panels.pack(dense.values(), 0, dense.columns(), 0, dense.columns());
            add(
                    calls,
                    name + " product of panels" + suffix,
                    () ->
                            kernels.multiplyAdd(
                                    panels,
                                    0,
                                    dense.rows(),
                                    x,
                                    BatchBlocks.MARGIN,
                                    blocks.stride(),
                                    y,
                                    BatchBlocks.MARGIN,
                                    blocks.stride(),
                                    blocks.lanes()));
        }
        add(
                calls,
                name + " batch product" + suffix,
                () -> blocks.multiplyAdd(kernels, 0, matrix.rows(), x, y));
        add(
                calls,
                name + " gradient" + suffix,
                () -> blocks.addGradient(kernels, 0, matrix.rows(), y, x, gradient));
    }

    private static void add(List<Arguments> calls, String name, Runnable call) {
        calls.add(Arguments.of(name, call));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("calls")
    void allocatesNothing(String name, Runnable call) {
        CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
        long compiled = -1;
        long end = 0;
        long allocated;
        do {
            if (compiled != compiler.getTotalCompilationTime()) {
                compiled = compiler.getTotalCompilationTime();
                end = System.nanoTime() + LONGEST_WITHOUT_COMPILATION_NANOS;
            }
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int k = 0; k < CALLS; k++) {
                call.run();
            }
            allocated = threads.getCurrentThreadAllocatedBytes() - before;
        } while (allocated != 0 && System.nanoTime() - end < 0);
        assertEquals(0, allocated, "bytes allocated by " + CALLS + " calls of " + name);
    }
}
