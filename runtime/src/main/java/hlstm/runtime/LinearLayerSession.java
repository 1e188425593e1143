package hlstm.runtime;

import hlstm.sparse.Kernels;
import hlstm.sparse.PackedMatrix;

/** A linear layer at work; it has no state. */
final class LinearLayerSession implements LayerSession {
    private final Kernels kernels;
    private final PackedMatrix weights;
    private final float[] bias;

    LinearLayerSession(Kernels kernels, PackedMatrix weights, float[] bias) {
        this.kernels = kernels;
        this.weights = weights;
        this.bias = bias;
    }

    @Override
    public void step(float[] in, int inOffset, float[] out, int outOffset) {
        kernels.multiply(weights, in, inOffset, bias, 0, out, outOffset);
    }

    @Override
    public void run(float[] in, int inOffset, int steps, float[] out, int outOffset) {
        for (int t = 0; t < steps; t++) {
            step(in, inOffset + t * weights.columns(), out, outOffset + t * weights.rows());
        }
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
