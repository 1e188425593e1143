package hlstm.sparse;

/**
 * The elementwise parts of a training step of an LSTM cell in plain Java; the vector kernels give
 * the same bits. All methods do elements [from, length).
 */
final class TrainingSteps {
    private TrainingSteps() {}

    /** {@code y = a * b + c * d}. */
    static void sumOfProducts(
            float[] a,
            int aOffset,
            float[] b,
            int bOffset,
            float[] c,
            int cOffset,
            float[] d,
            int dOffset,
            float[] y,
            int yOffset,
            int from,
            int length) {
        for (int k = from; k < length; k++) {
            y[yOffset + k] = a[aOffset + k] * b[bOffset + k] + c[cOffset + k] * d[dOffset + k];
        }
    }

    /** {@code y = a * b}. */
    static void product(
            float[] a,
            int aOffset,
            float[] b,
            int bOffset,
            float[] y,
            int yOffset,
            int from,
            int length) {
        for (int k = from; k < length; k++) {
            y[yOffset + k] = a[aOffset + k] * b[bOffset + k];
        }
    }

    static void rectifierGradient(
            float slope, float[] y, int yOffset, float[] dy, int dyOffset, int from, int length) {
        for (int k = from; k < length; k++) {
            float d = dy[dyOffset + k];
            dy[dyOffset + k] = y[yOffset + k] > 0 ? d : slope * d;
        }
    }

    static void stateGradient(
            float[] gates,
            int gatesOffset,
            int width,
            float[] formerC,
            int formerOffset,
            float[] tanhC,
            int tanhOffset,
            float[] dh,
            int dhOffset,
            float[] dc,
            int dcOffset,
            int from) {
        int i = gatesOffset;
        int f = i + width;
        int g = f + width;
        int o = g + width;
        for (int k = from; k < width; k++) {
            float squashed = tanhC[tanhOffset + k];
            float dOut = dh[dhOffset + k];
            float in = gates[i + k];
            float forget = gates[f + k];
            float candidate = gates[g + k];
            float out = gates[o + k];
            float dCell = (1 - squashed * squashed) * out * dOut + dc[dcOffset + k];
            gates[i + k] = (1 - in) * in * candidate * dCell;
            gates[f + k] = (1 - forget) * forget * formerC[formerOffset + k] * dCell;
            gates[g + k] = (1 - candidate * candidate) * in * dCell;
            gates[o + k] = (1 - out) * out * squashed * dOut;
            dc[dcOffset + k] = dCell * forget;
        }
    }
}
