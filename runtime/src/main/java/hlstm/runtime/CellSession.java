package hlstm.runtime;

import hlstm.sparse.Kernels;

/**
 * A cell at work on one sequence, step by step, or ahead: over a known sequence {@link #readAhead}
 * computes for many steps at once what does not wait for h, and {@link #stepAhead} takes them. Both
 * ways give the same bits.
 */
final class CellSession implements TeamTask {
    /**
     * Steps to read ahead: enough that weights are read seldom, few enough to stay in the cache.
     */
    static final int MOST_AHEAD = 16;

    private final Kernels kernels;
    private final PackedCell cell;
    private final PartRunner runner;
    private final CellState state;
    private float[] ahead = new float[0];

    // The task that is being done in parts.
    private Work work;
    private int level;
    private int steps;
    private float[] x;
    private int xOffset;
    private float[] rows;
    private int rowsOffset;

    private enum Work {
        AHEAD,
        FIRST_LEVEL,
        REST_OF_FIRST_LEVEL,
        LEVEL
    }

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

    /** Stored weights whose input was zero in the last {@link #step}. */
    long idleWeights() {
        return cell.idleWeights(state);
    }

    /** Takes one step: reads x and the state, and replaces the state. */
    void step(float[] x, int xOffset) {
        this.x = x;
        this.xOffset = xOffset;
        rows = state.levels[0];
        rowsOffset = 0;
        share(Work.FIRST_LEVEL, 0);
        this.x = null;
        finishStep();
    }

    /** Makes room to read so many steps ahead, which then allocates nothing. */
    void reserveAhead(int steps) {
        int needed = steps * cell.levelWidth(0);
        if (ahead.length < needed) {
            ahead = new float[needed];
        }
    }

    /**
     * Computes what level 0 makes of the inputs of steps to come.
     *
     * @param x inputs of the steps, one after the other
     * @param steps number of steps, at most {@link #MOST_AHEAD}
     */
    void readAhead(float[] x, int xOffset, int steps) {
        reserveAhead(steps);
        this.x = x;
        this.xOffset = xOffset;
        this.steps = steps;
        share(Work.AHEAD, 0);
        this.x = null;
    }

    /**
     * Takes a step that has been read ahead, once.
     *
     * @param step its place among those that were read, in any order
     */
    void stepAhead(int step) {
        stepAhead(this, step);
    }

    /**
     * Takes a step whose input another session of the same cell has read ahead, once: the inputs of
     * several sequences share one pass over the weights so, with the bits of {@link #step}.
     */
    void stepAhead(CellSession reader, int step) {
        rows = reader.ahead;
        rowsOffset = step * cell.levelWidth(0);
        share(Work.REST_OF_FIRST_LEVEL, 0);
        finishStep();
    }

    /** Level 0 being done. */
    private void finishStep() {
        for (int above = 1; above < cell.levels(); above++) {
            share(Work.LEVEL, above);
            rows = state.levels[above];
            rowsOffset = 0;
        }
        cell.updateState(kernels, rows, rowsOffset, state);
        rows = null;
    }

    private void share(Work work, int level) {
        this.work = work;
        this.level = level;
        runner.run(this, cell.parts(level));
    }

    /** Computes a part of the present task. */
    @Override
    public void run(int part) {
        switch (work) {
            case AHEAD -> cell.computeAhead(kernels, part, steps, x, xOffset, ahead);
            case FIRST_LEVEL -> cell.computeFirst(kernels, part, x, xOffset, state);
            case REST_OF_FIRST_LEVEL -> cell.completeFirst(kernels, part, state, rows, rowsOffset);
            case LEVEL -> cell.computeLevel(kernels, level, part, rows, rowsOffset, state);
        }
    }
}
