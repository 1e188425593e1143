package hlstm.runtime;

import hlstm.sparse.Kernels;
import hlstm.sparse.Matrix;

/**
 * A linear layer whose inputs are mostly zeros: its weights lie column after column, so that an
 * input of a one and zeros is looked up. Immutable; shared by all sessions. Sums are made in one
 * order everywhere, without kernels.
 */
final class LookupTable implements PackedLayer {
    private final int inputs;
    private final int width;
    private final float[] columns;
    private final float[] bias;

    /**
     * A layer.
     *
     * @param bias not copied
     */
    LookupTable(Matrix weights, float[] bias) {
        inputs = weights.columns();
        width = weights.rows();
        columns = new float[Math.multiplyExact(inputs, width)];
        for (int row = 0; row < width; row++) {
            for (int column = 0; column < inputs; column++) {
                columns[column * width + row] = weights.get(row, column);
            }
        }
        this.bias = bias;
    }

    /** Width of an output. */
    int width() {
        return width;
    }

    /** Inputs. */
    int inputs() {
        return inputs;
    }

    /**
     * The output for the inputs that begin at a place, all others being zero.
     *
     * @param firstInput the input that the first of them is
     */
    void compute(float[] in, int inOffset, int firstInput, int count, float[] out, int outOffset) {
        System.arraycopy(bias, 0, out, outOffset, width);
        for (int k = 0; k < count; k++) {
            float value = in[inOffset + k];
            if (value != 0) {
                add(value, (firstInput + k) * width, out, outOffset);
            }
        }
    }

    /** The output for an input that is one, all others being zero. */
    void lookUp(int input, float[] out, int outOffset) {
        int from = input * width;
        for (int k = 0; k < width; k++) {
            out[outOffset + k] = bias[k] + columns[from + k];
        }
    }

    private void add(float value, int from, float[] out, int outOffset) {
        for (int k = 0; k < width; k++) {
            out[outOffset + k] += value * columns[from + k];
        }
    }

    @Override
    public LayerSession newSession(Kernels kernels, PartRunner runner) {
        return new LookupLayerSession(this);
    }
}
