package hlstm.runtime;

import java.util.Arrays;

/** The state of a cell in one sequence, and room for the levels of its gates. */
final class CellState {
    /** The output of the step before; zero at first. */
    final float[] h;

    /** The cell state; zero at first. */
    final float[] c;

    /** Pre-activations of each level, rectified in place below the last. */
    final float[][] levels;

    CellState(CellSpec spec) {
        h = new float[spec.width()];
        c = new float[spec.width()];
        levels = new float[spec.levels()][];
        for (int level = 0; level < levels.length; level++) {
            levels[level] = new float[spec.levelWidth(level)];
        }
    }

    void reset() {
        Arrays.fill(h, 0);
        Arrays.fill(c, 0);
    }

    /** Floats of a saved state. */
    int length() {
        return h.length + c.length;
    }

    /** Writes h, then c. */
    void save(float[] to, int offset) {
        System.arraycopy(h, 0, to, offset, h.length);
        System.arraycopy(c, 0, to, offset + h.length, c.length);
    }

    /** Reads what {@link #save} has written. */
    void restore(float[] from, int offset) {
        System.arraycopy(from, offset, h, 0, h.length);
        System.arraycopy(from, offset + h.length, c, 0, c.length);
    }
}
