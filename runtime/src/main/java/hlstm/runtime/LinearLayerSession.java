package hlstm.runtime;

import hlstm.sparse.Kernels;

/** A linear layer at work; it has no state. */
final class LinearLayerSession implements LayerSession, TeamTask {
    private final Kernels kernels;
    private final AffineLevel weights;
    private final PartRunner runner;
    private final int inputWidth;

    // The steps that are being taken.
    private float[] in;
    private int inOffset;
    private int steps;
    private float[] out;
    private int outOffset;

    LinearLayerSession(Kernels kernels, AffineLevel weights, int inputWidth, PartRunner runner) {
        this.kernels = kernels;
        this.weights = runner.split(weights);
        this.runner = runner;
        this.inputWidth = inputWidth;
    }

    @Override
    public boolean step(float[] in, int inOffset, float[] out, int outOffset) {
        run(in, inOffset, 1, out, outOffset);
        return true;
    }

    @Override
    public void run(float[] in, int inOffset, int steps, float[] out, int outOffset) {
        this.in = in;
        this.inOffset = inOffset;
        this.steps = steps;
        this.out = out;
        this.outOffset = outOffset;
        runner.run(this, weights.parts());
        this.in = null;
        this.out = null;
    }

    /** Computes a part of the rows. */
    @Override
    public void run(int part) {
        weights.computeAhead(kernels, part, steps, in, inOffset, inputWidth, out, outOffset);
    }

    @Override
    public void reset() {}

    @Override
    public int stateLength() {
        return 0;
    }

    @Override
    public void save(float[] to, int offset) {}

    @Override
    public void restore(float[] from, int offset) {}
}
