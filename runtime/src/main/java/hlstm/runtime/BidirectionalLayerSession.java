package hlstm.runtime;

import hlstm.sparse.Kernels;

/**
 * A bidirectional layer at work: two cells run over the sequence, one from each end, and their
 * outputs are added or stand side by side. With a team they run on two threads; where outputs are
 * added, the second writes into room of its own, so that the sums, and their bits, are the same.
 */
final class BidirectionalLayerSession implements LayerSession, TeamTask {
    private final PartRunner runner;
    private final CellSession forward;
    private final CellSession backward;
    private final int inputWidth;
    private final int width;
    private final boolean summed;
    private final int outputWidth;
    private final int backwardOffset;
    private final long valuesPerStep;
    private float[] backwardOutputs = new float[0];

    // The sequence that both directions run over.
    private float[] in;
    private int inOffset;
    private int steps;
    private float[] out;
    private int outOffset;

    /** At the beginning of a sequence. */
    BidirectionalLayerSession(Kernels kernels, PackedLayer.Recurrent layer, PartRunner runner) {
        this.runner = runner;
        forward = new CellSession(kernels, layer.forward(), runner);
        backward = new CellSession(kernels, layer.backward(), runner);
        inputWidth = layer.forward().spec().inputWidth();
        width = layer.forward().spec().width();
        summed = layer.directions() == Directions.SUMMED;
        outputWidth = layer.directions().outputWidth(width);
        backwardOffset = layer.directions().backwardOffset(width);
        valuesPerStep = Math.min(layer.forward().storedValues(), layer.backward().storedValues());
    }

    @Override
    public boolean step(float[] in, int inOffset, float[] out, int outOffset) {
        throw new IllegalStateException("a bidirectional layer takes whole sequences");
    }

    @Override
    public void run(float[] in, int inOffset, int steps, float[] out, int outOffset) {
        this.in = in;
        this.inOffset = inOffset;
        this.steps = steps;
        this.out = out;
        this.outOffset = outOffset;
        long values = steps * valuesPerStep;
        int length = Math.multiplyExact(steps, width);
        // Also while the team is busy, so that no later run of this length allocates.
        if (summed && runner.mayShare(values) && backwardOutputs.length < length) {
            backwardOutputs = new float[length];
        }
        if (runner.shares(values)) {
            runOnTwoThreads();
        } else {
            runForward();
            runBackward(out, outOffset, summed);
        }
        this.in = null;
        this.out = null;
    }

    private void runOnTwoThreads() {
        runner.run(this, 2);
        if (summed) {
            for (int k = 0; k < steps * width; k++) {
                out[outOffset + k] += backwardOutputs[k];
            }
        }
    }

    /** Runs one direction. */
    @Override
    public void run(int part) {
        if (part == 0) {
            runForward();
        } else if (summed) {
            runBackward(backwardOutputs, 0, false);
        } else {
            runBackward(out, outOffset, false);
        }
    }

    private void runForward() {
        forward.state().reset();
        float[] h = forward.state().h;
        for (int first = 0; first < steps; first += CellSession.MOST_AHEAD) {
            int ahead = Math.min(CellSession.MOST_AHEAD, steps - first);
            forward.readAhead(in, inOffset + first * inputWidth, ahead);
            for (int t = 0; t < ahead; t++) {
                forward.stepAhead(t);
                System.arraycopy(h, 0, out, outOffset + (first + t) * outputWidth, width);
            }
        }
    }

    /**
     * From the last step to the first; adds its outputs to those that are there, or writes them.
     */
    private void runBackward(float[] to, int toOffset, boolean add) {
        backward.state().reset();
        float[] h = backward.state().h;
        for (int end = steps; end > 0; end -= CellSession.MOST_AHEAD) {
            int first = Math.max(0, end - CellSession.MOST_AHEAD);
            backward.readAhead(in, inOffset + first * inputWidth, end - first);
            for (int t = end - 1; t >= first; t--) {
                backward.stepAhead(t - first);
                int offset = toOffset + t * outputWidth + backwardOffset;
                if (add) {
                    for (int k = 0; k < width; k++) {
                        to[offset + k] += h[k];
                    }
                } else {
                    System.arraycopy(h, 0, to, offset, width);
                }
            }
        }
    }

    /** Nothing to do: every run begins anew. */
    @Override
    public void reset() {}

    /** None: there is no state between runs. */
    @Override
    public int stateLength() {
        return 0;
    }

    @Override
    public void save(float[] to, int offset) {}

    @Override
    public void restore(float[] from, int offset) {}
}
