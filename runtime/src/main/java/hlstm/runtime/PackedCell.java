package hlstm.runtime;

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
    private final PackedMatrix input;
    private final PackedMatrix recurrent;
    private final Block[][] blocks;
    private final float[][] biases;

    /** A matrix above level 0, with where it reads and writes. */
    private record Block(PackedMatrix weights, int inputOffset, int outputOffset) {}

    /**
     * A cell from the weights of a network.
     *
     * @param prefix what the names of the cell's tensors begin with
     */
    PackedCell(CellSpec spec, Weights weights, String prefix) {
        this.spec = spec;
        List<List<Block>> levels = new ArrayList<>();
        for (int level = 0; level < spec.levels(); level++) {
            levels.add(new ArrayList<>());
        }
        PackedMatrix first = null;
        PackedMatrix loop = null;
        for (GateMatrix gate : spec.matrices()) {
            PackedMatrix packed = PackedMatrix.pack(weights.matrix(prefix + gate.name()));
            switch (gate.source()) {
                case INPUT -> first = packed;
                case RECURRENT -> loop = packed;
                case HIDDEN ->
                        levels.get(gate.level())
                                .add(new Block(packed, gate.inputOffset(), gate.outputOffset()));
            }
        }
        input = first;
        recurrent = loop;
        blocks = levels.stream().map(level -> level.toArray(Block[]::new)).toArray(Block[][]::new);
        biases = new float[spec.levels()][];
        for (int level = 0; level < biases.length; level++) {
            biases[level] = weights.bias(prefix + RecurrentSpec.biasName(level)).clone();
        }
    }

    CellSpec spec() {
        return spec;
    }

    /** Takes one step: reads x and the state, and replaces the state. */
    void step(Kernels kernels, float[] x, int xOffset, CellState state) {
        float[] rows = state.levels[0];
        kernels.multiply(input, x, xOffset, biases[0], 0, rows, 0);
        kernels.multiplyAdd(recurrent, state.h, 0, rows, 0);
        for (int level = 1; level < blocks.length; level++) {
            kernels.rectify(spec.rectifierSlope(), rows, 0, rows.length);
            float[] next = state.levels[level];
            for (Block block : blocks[level]) {
                kernels.multiply(
                        block.weights,
                        rows,
                        block.inputOffset,
                        biases[level],
                        block.outputOffset,
                        next,
                        block.outputOffset);
            }
            rows = next;
        }
        kernels.updateState(rows, 0, spec.width(), state.c, 0, state.h, 0);
    }
}
