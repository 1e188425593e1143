package hlstm.runtime;

import hlstm.sparse.Kernels;

/** A cell at work on one sequence. */
final class CellSession implements TeamTask {
    private final Kernels kernels;
    private final PackedCell cell;
    private final PartRunner runner;
    private final CellState state;
    private int level;
    private float[] x;
    private int xOffset;

    /** At the beginning of a sequence. */
    CellSession(Kernels kernels, PackedCell cell, PartRunner runner) {
        this.kernels = kernels;
        this.cell = cell;
        this.runner = runner;
        state = new CellState(cell.spec());
    }

    CellState state() {
        return state;
    }

    /** Takes one step: reads x and the state, and replaces the state. */
    void step(float[] x, int xOffset) {
        this.x = x;
        this.xOffset = xOffset;
        for (level = 0; level < cell.levels(); level++) {
            runner.run(this, cell.parts(level));
        }
        cell.updateState(kernels, state);
        this.x = null;
    }

    /** Computes a part of the present level. */
    @Override
    public void run(int part) {
        cell.computeLevel(kernels, level, part, x, xOffset, state);
    }
}
