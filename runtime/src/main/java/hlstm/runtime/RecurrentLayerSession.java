package hlstm.runtime;

import hlstm.sparse.Kernels;

/** A recurrent layer at work on one sequence. */
final class RecurrentLayerSession implements LayerSession {
    private final Kernels kernels;
    private final PackedCell forward;
    private final PackedCell backward;
    private final CellState forwardState;
    private final CellState backwardState;
    private final int inputWidth;
    private final int width;

    /**
     * At the beginning of a sequence.
     *
     * @param backward the cell that runs from the end, or null
     */
    RecurrentLayerSession(Kernels kernels, PackedCell forward, PackedCell backward) {
        this.kernels = kernels;
        this.forward = forward;
        this.backward = backward;
        forwardState = new CellState(forward.spec());
        backwardState = backward == null ? null : new CellState(backward.spec());
        inputWidth = forward.spec().inputWidth();
        width = forward.spec().width();
    }

    @Override
    public void step(float[] in, int inOffset, float[] out, int outOffset) {
        forward.step(kernels, in, inOffset, forwardState);
        System.arraycopy(forwardState.h, 0, out, outOffset, width);
    }

    @Override
    public void run(float[] in, int inOffset, int steps, float[] out, int outOffset) {
        for (int t = 0; t < steps; t++) {
            step(in, inOffset + t * inputWidth, out, outOffset + t * width);
        }
        if (backward == null) {
            return;
        }
        backwardState.reset();
        for (int t = steps - 1; t >= 0; t--) {
            backward.step(kernels, in, inOffset + t * inputWidth, backwardState);
            int offset = outOffset + t * width;
            for (int k = 0; k < width; k++) {
                out[offset + k] += backwardState.h[k];
            }
        }
    }

    @Override
    public void reset() {
        forwardState.reset();
    }

    @Override
    public int stateLength() {
        return forwardState.length();
    }

    @Override
    public void save(float[] to, int offset) {
        forwardState.save(to, offset);
    }

    @Override
    public void restore(float[] from, int offset) {
        forwardState.restore(from, offset);
    }
}
