package hlstm.runtime;

import hlstm.runtime.AffineLevel.Product;
import hlstm.sparse.Kernels;
import hlstm.sparse.PackedMatrix;
import java.util.ArrayList;
import java.util.List;

/**
 * A cell with its weights laid out for inference. Immutable; the state of a sequence is a {@link
 * CellState}.
 */
final class PackedCell {
    private final CellSpec spec;
    private final List<AffineLevel> levels;

    /**
     * A cell from the weights of a network.
     *
     * @param prefix what the names of the cell's tensors begin with
     */
    PackedCell(CellSpec spec, Weights weights, String prefix) {
        List<List<Product>> products = new ArrayList<>();
        for (int level = 0; level < spec.levels(); level++) {
            products.add(new ArrayList<>());
        }
        for (GateMatrix gate : spec.matrices()) {
            PackedMatrix packed = PackedMatrix.pack(weights.matrix(prefix + gate.name()));
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

    private PackedCell(CellSpec spec, List<AffineLevel> levels) {
        this.spec = spec;
        this.levels = levels;
    }

    /** The same cell, its levels cut into parts for the team of a session. */
    PackedCell split(PartRunner runner) {
        return new PackedCell(spec, levels.stream().map(runner::split).toList());
    }

    CellSpec spec() {
        return spec;
    }

    /** Stored weights of all levels. */
    long storedValues() {
        return levels.stream().mapToLong(AffineLevel::storedValues).sum();
    }

    /** Number of levels. */
    int levels() {
        return levels.size();
    }

    /** Into how many parts a level is cut. */
    int parts(int level) {
        return levels.get(level).parts();
    }

    /**
     * Computes a part of a level, all parts of the level below being done: pre-activations in the
     * last level, rectified ones in those before.
     */
    void computeLevel(
            Kernels kernels, int level, int part, float[] x, int xOffset, CellState state) {
        AffineLevel affine = levels.get(level);
        float[] rows = state.levels[level];
        if (level == 0) {
            affine.compute(kernels, part, x, xOffset, state.h, rows, 0);
        } else {
            affine.compute(kernels, part, state.levels[level - 1], 0, null, rows, 0);
        }
        if (level < levels.size() - 1) {
            int first = affine.firstRow(part);
            kernels.rectify(spec.rectifierSlope(), rows, first, affine.firstRow(part + 1) - first);
        }
    }

    /** Replaces the state, all levels being done. */
    void updateState(Kernels kernels, CellState state) {
        kernels.updateState(
                state.levels[levels.size() - 1], 0, spec.width(), state.c, 0, state.h, 0);
    }
}
