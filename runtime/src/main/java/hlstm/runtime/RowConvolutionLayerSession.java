package hlstm.runtime;

import java.util.Arrays;

/** A row convolution at work on one sequence: it keeps a step and those that it looks ahead to. */
final class RowConvolutionLayerSession implements LayerSession {
    /** Floats of a saved state besides the window. */
    private static final int COUNTERS = 2;

    private final int width;

    /** Steps of the window. */
    private final int reach;

    /** Weights of each step of the window, one step after the other. */
    private final float[] weights;

    /** The last steps, the oldest first. */
    private final float[] window;

    /** Steps until the next output. */
    private int wait;

    /** Steps that have been taken and not given. */
    private int pending;

    /** At the beginning of a sequence. */
    RowConvolutionLayerSession(RowConvolutionSpec spec, float[] weights) {
        width = spec.width();
        reach = spec.lookahead() + 1;
        this.weights = weights;
        window = new float[reach * width];
        reset();
    }

    @Override
    public boolean step(float[] in, int inOffset, float[] out, int outOffset) {
        int newest = window.length - width;
        System.arraycopy(window, width, window, 0, newest);
        System.arraycopy(in, inOffset, window, newest, width);
        pending++;
        return advance(out, outOffset);
    }

    @Override
    public boolean flush(float[] out, int outOffset) {
        int newest = window.length - width;
        while (pending > 0) {
            System.arraycopy(window, width, window, 0, newest);
            Arrays.fill(window, newest, window.length, 0);
            if (advance(out, outOffset)) {
                return true;
            }
        }
        return false;
    }

    private boolean advance(float[] out, int outOffset) {
        wait--;
        if (wait > 0) {
            return false;
        }
        wait = 1;
        pending--;
        // Loops that the compiler vectorises.
        for (int k = 0; k < width; k++) {
            out[outOffset + k] = weights[k] * window[k];
        }
        for (int from = width; from < window.length; from += width) {
            for (int k = 0; k < width; k++) {
                out[outOffset + k] += weights[from + k] * window[from + k];
            }
        }
        return true;
    }

    @Override
    public void run(float[] in, int inOffset, int steps, float[] out, int outOffset) {
        reset();
        int to = outOffset;
        for (int t = 0; t < steps; t++) {
            if (step(in, inOffset + t * width, out, to)) {
                to += width;
            }
        }
        while (flush(out, to)) {
            to += width;
        }
    }

    @Override
    public void reset() {
        Arrays.fill(window, 0);
        wait = reach;
        pending = 0;
    }

    @Override
    public int stateLength() {
        return window.length + COUNTERS;
    }

    @Override
    public void save(float[] to, int offset) {
        System.arraycopy(window, 0, to, offset, window.length);
        to[offset + window.length] = wait;
        to[offset + window.length + 1] = pending;
    }

    /** Counters of another origin are held to their ranges. */
    @Override
    public void restore(float[] from, int offset) {
        System.arraycopy(from, offset, window, 0, window.length);
        wait = Math.clamp((int) from[offset + window.length], 1, reach);
        pending = Math.clamp((int) from[offset + window.length + 1], 0, reach);
    }
}
