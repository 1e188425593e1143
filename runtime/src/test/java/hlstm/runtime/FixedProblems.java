package hlstm.runtime;

import hlstm.sparse.DenseMatrix;
import hlstm.sparse.Geometry;
import hlstm.sparse.Kernels;
import hlstm.sparse.Matrix;
import hlstm.sparse.PackedMatrix;
import hlstm.sparse.SparseMatrix;
import hlstm.sparse.SparsityPattern;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The same products, activations and small network on every machine, from seeded numbers: to
 * compare kernels, processors and virtual machines. Made once and computed often, so that compiled
 * code is compared too; computing allocates nothing of its own.
 */
final class FixedProblems {
    /** Not multiples of anything, so that the ends of rows, blocks and windows are computed too. */
    private static final int ROWS = 109;

    private static final int COLUMNS = 61;
    private static final double[] DENSITIES = {0.1, 0.4};
    private static final int ACTIVATIONS = 1003;
    private static final int STEPS = 7;

    /** One layer of each kind, wide enough to fill registers of 512 bits. */
    private static final ModelSpec SPEC =
            RandomModels.stack(
                    new LinearSpec(13, 40),
                    new RecurrentSpec(new CellSpec(40, 35, List.of(41), false, 0), true),
                    RandomModels.hlstm(35, 50, 34, 39),
                    RandomModels.lstm(50, 37),
                    new LinearSpec(37, 29));

    /**
     * How far two float sums of one product may lie apart, relative to the sum of the absolute
     * values of its terms: each may be off the exact sum by {@code 4 * ceil(log2(terms))} rounding
     * errors, as in the tests of the kernels.
     */
    static final double PRODUCT_BOUND =
            2 * 4 * Math.ceil(Math.log(COLUMNS + 2) / Math.log(2)) * Math.ulp(1f);

    /** How far two outputs of the network may lie apart: each may be off by the bound by depth. */
    static final double NETWORK_BOUND = 2 * GoldenVector.byDepth(SPEC);

    private final Kernels kernels;
    private final List<PackedMatrix> matrices = new ArrayList<>();
    private final List<float[]> magnitudes = new ArrayList<>();
    private final float[] x;
    private final float[] bias;
    private final float[] preActivations;
    private final float[] frames;
    private final Session session;

    /**
     * The problems, to be solved by these kernels.
     *
     * @param folder where the model file is written that the network is loaded from
     */
    FixedProblems(Kernels kernels, Path folder) throws IOException {
        this.kernels = kernels;
        SplittableRandom random = new SplittableRandom(17);
        x = RandomModels.values(COLUMNS, 1, random);
        bias = RandomModels.values(ROWS, 1, random);
        add(new DenseMatrix(ROWS, COLUMNS, RandomModels.values(ROWS * COLUMNS, 1, random)));
        for (Geometry geometry : Geometry.values()) {
            for (double density : DENSITIES) {
                SparsityPattern pattern =
                        SparsityPattern.random(ROWS, COLUMNS, geometry, density, random);
                float[] values = RandomModels.values(pattern.nonzeros(), 1, random);
                add(new SparseMatrix(pattern, values));
            }
        }
        // Beyond 9 the functions are constant; in between are steep and flat parts.
        preActivations = RandomModels.values(ACTIVATIONS, 9.5, random);
        frames = RandomModels.values(STEPS * SPEC.inputWidth(), 2, random);
        Path file = folder.resolve("fixed.safetensors");
        RandomModels.mixed(SPEC, 23).builder().write(file);
        session = Model.load(file, kernels).newSession();
    }

    private void add(Matrix matrix) {
        float[] magnitude = new float[ROWS];
        for (int row = 0; row < ROWS; row++) {
            magnitude[row] = Math.abs(bias[row]);
            for (int column = 0; column < COLUMNS; column++) {
                magnitude[row] += Math.abs(matrix.get(row, column) * x[column]);
            }
        }
        matrices.add(PackedMatrix.pack(matrix));
        magnitudes.add(magnitude);
    }

    /** How many numbers {@link #compute} writes. */
    int length() {
        return networkOffset() + STEPS * SPEC.outputWidth();
    }

    private int networkOffset() {
        return matrices.size() * ROWS + 2 * ACTIVATIONS;
    }

    /** Solves the problems: the products one after the other, tanh, sigmoid, the network. */
    void compute(float[] y, float[] networkOutput) {
        for (int k = 0; k < matrices.size(); k++) {
            kernels.multiply(matrices.get(k), x, 0, bias, 0, y, k * ROWS);
        }
        int at = matrices.size() * ROWS;
        kernels.tanh(preActivations, 0, y, at, ACTIVATIONS);
        kernels.sigmoid(preActivations, 0, y, at + ACTIVATIONS, ACTIVATIONS);
        session.reset();
        session.run(frames, STEPS, networkOutput);
        System.arraycopy(networkOutput, 0, y, networkOffset(), networkOutput.length);
    }

    /** Room for the outputs of the network alone. */
    static float[] networkOutput() {
        return new float[STEPS * SPEC.outputWidth()];
    }

    /** All solutions. */
    float[] compute() {
        float[] y = new float[length()];
        compute(y, networkOutput());
        return y;
    }

    /** The largest difference of a product, relative to the sum of the magnitudes of its terms. */
    double productDifference(float[] a, float[] b) {
        double largest = 0;
        for (int k = 0; k < matrices.size() * ROWS; k++) {
            double difference = Math.abs((double) a[k] - b[k]);
            largest = Math.max(largest, difference / magnitudes.get(k / ROWS)[k % ROWS]);
        }
        return largest;
    }

    /** The largest difference of an activation, which all kernels are to give to the last bit. */
    double activationDifference(float[] a, float[] b) {
        return largest(a, b, matrices.size() * ROWS, networkOffset());
    }

    /** The largest difference of an output of the network. */
    double networkDifference(float[] a, float[] b) {
        return largest(a, b, networkOffset(), length());
    }

    private static double largest(float[] a, float[] b, int from, int to) {
        double largest = 0;
        for (int k = from; k < to; k++) {
            largest = Math.max(largest, Math.abs((double) a[k] - b[k]));
        }
        return largest;
    }

    /** The first 64 bits of the SHA-256 digest of all bits. */
    static String digest(float[] y) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (float value : y) {
                int bits = Float.floatToRawIntBits(value);
                for (int shift = 24; shift >= 0; shift -= 8) {
                    digest.update((byte) (bits >>> shift));
                }
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
