package hlstm.sparse;

/** Elementwise functions shared by all providers. */
final class Activations {
    private Activations() {}

    static void rectify(float slope, float[] y, int offset, int length) {
        for (int k = offset; k < offset + length; k++) {
            y[k] = y[k] > 0 ? y[k] : slope * y[k];
        }
    }

    static void sigmoid(float[] x, int xOffset, float[] y, int yOffset, int length) {
        for (int k = 0; k < length; k++) {
            y[yOffset + k] = sigmoid(x[xOffset + k]);
        }
    }

    static void tanh(float[] x, int xOffset, float[] y, int yOffset, int length) {
        for (int k = 0; k < length; k++) {
            y[yOffset + k] = tanh(x[xOffset + k]);
        }
    }

    static void updateState(
            float[] gates,
            int gatesOffset,
            int width,
            float[] c,
            int cOffset,
            float[] h,
            int hOffset) {
        int i = gatesOffset;
        int f = i + width;
        int g = f + width;
        int o = g + width;
        for (int k = 0; k < width; k++) {
            float next =
                    sigmoid(gates[f + k]) * c[cOffset + k]
                            + sigmoid(gates[i + k]) * tanh(gates[g + k]);
            c[cOffset + k] = next;
            h[hOffset + k] = sigmoid(gates[o + k]) * tanh(next);
        }
    }

    static float sigmoid(float x) {
        return (float) (1 / (1 + Math.exp(-x)));
    }

    static float tanh(float x) {
        return (float) Math.tanh(x);
    }
}
