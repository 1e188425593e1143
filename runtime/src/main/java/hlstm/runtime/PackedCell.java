package hlstm.runtime;

import hlstm.runtime.AffineLevel.Product;
import hlstm.sparse.DenseMatrix;
import hlstm.sparse.Kernels;
import hlstm.sparse.Matrix;
import hlstm.sparse.PackedMatrix;
import hlstm.sparse.SparseMatrix;
import hlstm.sparse.WeightPool;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A cell with its weights laid out for inference. Immutable; the state of a sequence is a {@link
 * CellState}.
 */
final class PackedCell {
    private final CellSpec spec;
    private final List<AffineLevel> levels;

    /** Of each level but the last, the weights that each of its units meets in the next. */
    private final int[][] unitWeights;

    /**
     * A cell from the weights of a network.
     *
     * @param prefix what the names of the cell's tensors begin with
     * @param pool takes the weights
     */
    PackedCell(CellSpec spec, Weights weights, String prefix, WeightPool pool) {
        List<List<Product>> products = new ArrayList<>();
        for (int level = 0; level < spec.levels(); level++) {
            products.add(new ArrayList<>());
        }
        unitWeights = new int[spec.levels() - 1][];
        Arrays.setAll(unitWeights, level -> new int[spec.levelWidth(level)]);
        for (GateMatrix gate : spec.matrices()) {
            Matrix matrix = weights.matrix(prefix + gate.name());
            if (gate.source() == GateMatrix.Source.HIDDEN) {
                count(matrix, unitWeights[gate.level() - 1], gate.inputOffset());
            }
            PackedMatrix packed = PackedMatrix.pack(matrix, pool);
            products.get(gate.level())
                    .add(
                            new Product(
                                    packed,
                                    gate.source(),
                                    gate.inputOffset(),
                                    gate.outputOffset()));
        }
        List<AffineLevel> all = new ArrayList<>();
        for (int level = 0; level < spec.levels(); level++) {
            float[] bias = weights.bias(prefix + RecurrentSpec.biasName(level)).clone();
            all.add(new AffineLevel(bias, products.get(level)));
        }
        this.spec = spec;
        levels = List.copyOf(all);
    }

    private PackedCell(CellSpec spec, List<AffineLevel> levels, int[][] unitWeights) {
        this.spec = spec;
        this.levels = levels;
        this.unitWeights = unitWeights;
    }

    private static void count(Matrix matrix, int[] weights, int firstUnit) {
        switch (matrix) {
            case DenseMatrix dense -> {
                for (int column = 0; column < dense.columns(); column++) {
                    weights[firstUnit + column] += dense.rows();
                }
            }
            case SparseMatrix sparse -> {
                for (int k = 0; k < sparse.pattern().nonzeros(); k++) {
                    weights[firstUnit + sparse.pattern().column(k)]++;
                }
            }
        }
    }

    /** The same cell, its levels cut into parts for the team of a session. */
    PackedCell split(PartRunner runner) {
        return new PackedCell(spec, levels.stream().map(runner::split).toList(), unitWeights);
    }

    CellSpec spec() {
        return spec;
    }

    /** Stored weights of all levels. */
    long storedValues() {
        return levels.stream().mapToLong(AffineLevel::storedValues).sum();
    }

    /** Stored weights of the levels above 0 whose input in a state's last step was zero. */
    long idleWeights(CellState state) {
        long idle = 0;
        for (int level = 0; level < unitWeights.length; level++) {
            for (int unit = 0; unit < unitWeights[level].length; unit++) {
                idle += state.levels[level][unit] == 0 ? unitWeights[level][unit] : 0;
            }
        }
        return idle;
    }

    /** Number of levels. */
    int levels() {
        return levels.size();
    }

    /** Rows of a level. */
    int levelWidth(int level) {
        return levels.get(level).rows();
    }

    /** Into how many parts a level is cut. */
    int parts(int level) {
        return levels.get(level).parts();
    }

    /**
     * Computes a part of what level 0 makes of the inputs of several steps, which does not wait for
     * h: {@link #levelWidth} floats for each step, one step after the other.
     */
    void computeAhead(Kernels kernels, int part, int steps, float[] x, int xOffset, float[] y) {
        levels.getFirst().computeAhead(kernels, part, steps, x, xOffset, spec.inputWidth(), y, 0);
    }

    /** Computes a part of level 0 of one step, its rows in the state's own room. */
    void computeFirst(Kernels kernels, int part, float[] x, int xOffset, CellState state) {
        float[] rows = state.levels[0];
        levels.getFirst().compute(kernels, part, x, xOffset, state.h, rows, 0);
        rectify(kernels, 0, part, rows, 0);
    }

    /** Completes a part of level 0 of one step, {@link #computeAhead} having been there. */
    void completeFirst(Kernels kernels, int part, CellState state, float[] rows, int offset) {
        levels.getFirst().addRecurrent(kernels, part, state.h, rows, offset);
        rectify(kernels, 0, part, rows, offset);
    }

    /**
     * Computes a part of a level above 0, all parts of the level below being done: pre-activations
     * in the last level, rectified ones in those before.
     *
     * @param below rows of the level below
     */
    void computeLevel(
            Kernels kernels, int level, int part, float[] below, int belowOffset, CellState state) {
        float[] rows = state.levels[level];
        levels.get(level).compute(kernels, part, below, belowOffset, null, rows, 0);
        rectify(kernels, level, part, rows, 0);
    }

    private void rectify(Kernels kernels, int level, int part, float[] rows, int offset) {
        if (level < levels.size() - 1) {
            AffineLevel affine = levels.get(level);
            int first = affine.firstRow(part);
            kernels.rectify(
                    spec.rectifierSlope(), rows, offset + first, affine.firstRow(part + 1) - first);
        }
    }

    /**
     * Replaces the state, all levels being done.
     *
     * @param rows the last level
     */
    void updateState(Kernels kernels, float[] rows, int offset, CellState state) {
        kernels.updateState(rows, offset, spec.width(), state.c, 0, state.h, 0);
    }
}
