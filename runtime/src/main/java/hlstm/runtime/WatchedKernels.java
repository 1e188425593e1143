package hlstm.runtime;

import hlstm.sparse.Kernels;
import hlstm.sparse.Matrix;
import hlstm.sparse.PackedMatrix;
import hlstm.sparse.SparseMatrix;
import hlstm.sparse.SparsityPattern;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Kernels each of whose calls is computed again in double precision, from the same inputs. So
 * errors are seen where they are made, before a network has amplified them, and what rounding may
 * do to a call is known: a sum of n products is off by {@code (n + 1) * 2^-24} times the sum of
 * their magnitudes at most, in any order, with and without fused operations (N. J. Higham, Accuracy
 * and Stability of Numerical Algorithms, 2nd edition, section 3.1).
 *
 * <p>Slow and not for use by several threads: for the few steps of a self-check.
 */
final class WatchedKernels implements InvocationHandler {
    /** Half an ulp of 1. */
    private static final double ROUNDING = 0x1p-24;

    /** What products lose below the least normal float. */
    private static final double UNDERFLOW = 0x1p-126;

    /**
     * What {@link Kernels} allow a sigmoid (2.5e-7), a tanh (4e-7) and the three operations on them
     * to be off together, for c relative to 1 + |c|.
     */
    private static final double STATE_ERROR = 1e-6;

    private final Kernels kernels;
    private final Map<PackedMatrix, Matrix> unpacked = new IdentityHashMap<>();
    private String fault;

    private WatchedKernels(Kernels kernels) {
        this.kernels = kernels;
    }

    /**
     * Watches kernels while they are used.
     *
     * @param use calls the kernels of inference
     * @return the first call whose result is no matter of rounding, in words; null if there is none
     */
    static String faultOf(Kernels kernels, Consumer<Kernels> use) {
        WatchedKernels watch = new WatchedKernels(kernels);
        use.accept(
                (Kernels)
                        Proxy.newProxyInstance(
                                Kernels.class.getClassLoader(),
                                new Class<?>[] {Kernels.class},
                                watch));
        return watch.fault;
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        Object[] before = fault == null && arguments != null ? copies(arguments) : null;
        Object result;
        try {
            result = method.invoke(kernels, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
        if (before != null) {
            fault = check(method.getName(), before, arguments);
        }
        return result;
    }

    /** The arguments, of arrays copies. */
    private static Object[] copies(Object[] arguments) {
        Object[] copies = arguments.clone();
        for (int k = 0; k < copies.length; k++) {
            if (copies[k] instanceof float[] array) {
                copies[k] = array.clone();
            }
        }
        return copies;
    }

    /** By the parameter lists of {@link Kernels}. */
    private String check(String method, Object[] before, Object[] after) {
        return switch (method + before.length) {
            case "multiply7" ->
                    product(
                            (PackedMatrix) before[0],
                            (float[]) before[1],
                            (int) before[2],
                            (float[]) before[3],
                            (int) before[4],
                            (float[]) after[5],
                            (int) after[6]);
            case "multiplyAdd5" ->
                    product(
                            (PackedMatrix) before[0],
                            (float[]) before[1],
                            (int) before[2],
                            (float[]) before[3],
                            (int) before[4],
                            (float[]) after[3],
                            (int) after[4]);
            case "multiply10" -> products(before, (float[]) after[7]);
            case "rectify4" ->
                    rectified(
                            (float) before[0],
                            (float[]) before[1],
                            (float[]) after[1],
                            (int) before[2],
                            (int) before[3]);
            case "updateState7" -> state(before, (float[]) after[3], (float[]) after[5]);
            default -> null;
        };
    }

    private String products(Object[] before, float[] y) {
        int steps = (int) before[1];
        for (int t = 0; t < steps; t++) {
            String found =
                    product(
                            (PackedMatrix) before[0],
                            (float[]) before[2],
                            (int) before[3] + t * (int) before[4],
                            (float[]) before[5],
                            (int) before[6],
                            y,
                            (int) before[8] + t * (int) before[9]);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** {@code y = start + W x}. */
    private String product(
            PackedMatrix w,
            float[] x,
            int xOffset,
            float[] start,
            int startOffset,
            float[] y,
            int yOffset) {
        Matrix matrix = unpacked.computeIfAbsent(w, PackedMatrix::unpack);
        float[] weights = Weights.values(matrix);
        SparsityPattern pattern = matrix instanceof SparseMatrix sparse ? sparse.pattern() : null;
        for (int row = 0; row < matrix.rows(); row++) {
            int from = pattern == null ? row * matrix.columns() : pattern.rowOffset(row);
            int to = pattern == null ? from + matrix.columns() : pattern.rowOffset(row + 1);
            double exact = start[startOffset + row];
            double magnitude = Math.abs(exact);
            for (int k = from; k < to; k++) {
                int column = pattern == null ? k - from : pattern.column(k);
                double product = (double) weights[k] * x[xOffset + column];
                exact += product;
                magnitude += Math.abs(product);
            }
            int terms = to - from + 1;
            double allowed = (terms + 1) * (ROUNDING * magnitude + UNDERFLOW);
            float found = y[yOffset + row];
            if (!(Math.abs(found - exact) <= allowed)) { // so that NaN is refused
                return "row %d of a product (%s): expected %.9g within %.2e, found %s"
                        .formatted(row, w, exact, allowed, found);
            }
        }
        return null;
    }

    private static String rectified(
            float slope, float[] before, float[] after, int offset, int length) {
        for (int k = offset; k < offset + length; k++) {
            float expected = before[k] > 0 ? before[k] : slope == 0 ? 0 : slope * before[k];
            if (expected != after[k] && !Float.isNaN(before[k])) {
                return "unit %d of a rectifier: expected %s, found %s"
                        .formatted(k - offset, expected, after[k]);
            }
        }
        return null;
    }

    private static String state(Object[] before, float[] c, float[] h) {
        float[] gates = (float[]) before[0];
        int width = (int) before[2];
        float[] formerC = (float[]) before[3];
        int cOffset = (int) before[4];
        int hOffset = (int) before[6];
        for (int unit = 0; unit < width; unit++) {
            int i = (int) before[1] + unit;
            int f = i + width;
            int g = f + width;
            int o = g + width;
            double former = formerC[cOffset + unit];
            double exactC = sigmoid(gates[f]) * former + sigmoid(gates[i]) * Math.tanh(gates[g]);
            double allowed = STATE_ERROR * (1 + Math.abs(former));
            // From the stored c, so that its error does not count twice.
            double exactH = sigmoid(gates[o]) * Math.tanh(c[cOffset + unit]);
            if (!(Math.abs(c[cOffset + unit] - exactC) <= allowed)
                    || !(Math.abs(h[hOffset + unit] - exactH) <= STATE_ERROR)) {
                return "unit %d of a state: expected c %.9g and h %.9g within %.2e, found %s and %s"
                        .formatted(
                                unit,
                                exactC,
                                exactH,
                                allowed,
                                c[cOffset + unit],
                                h[hOffset + unit]);
            }
        }
        return null;
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
