package hlstm.sparse;

import static hlstm.sparse.vector.TanhFit.LIMIT;
import static hlstm.sparse.vector.TanhFit.P0;
import static hlstm.sparse.vector.TanhFit.P1;
import static hlstm.sparse.vector.TanhFit.P2;
import static hlstm.sparse.vector.TanhFit.P3;
import static hlstm.sparse.vector.TanhFit.P4;
import static hlstm.sparse.vector.TanhFit.Q1;
import static hlstm.sparse.vector.TanhFit.Q2;
import static hlstm.sparse.vector.TanhFit.Q3;
import static hlstm.sparse.vector.TanhFit.Q4;

/** Elementwise functions in plain Java; the vector kernels give the same bits. */
final class Activations {
    private Activations() {}

    static void rectify(float slope, float[] y, int offset, int length) {
        if (slope == 0) {
            // Not slope * y, which is NaN for minus infinity.
            for (int k = offset; k < offset + length; k++) {
                y[k] = Math.max(0, y[k]);
            }
        } else {
            for (int k = offset; k < offset + length; k++) {
                y[k] = y[k] > 0 ? y[k] : slope * y[k];
            }
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

    /** The state update for units [from, width). */
    static void updateState(
            float[] gates,
            int gatesOffset,
            int from,
            int width,
            float[] c,
            int cOffset,
            float[] h,
            int hOffset) {
        int i = gatesOffset;
        int f = i + width;
        int g = f + width;
        int o = g + width;
        for (int k = from; k < width; k++) {
            float next =
                    c[cOffset + k] * sigmoid(gates[f + k])
                            + tanh(gates[g + k]) * sigmoid(gates[i + k]);
            c[cOffset + k] = next;
            h[hOffset + k] = tanh(next) * sigmoid(gates[o + k]);
        }
    }

    static float sigmoid(float x) {
        return tanh(x * 0.5f) * 0.5f + 0.5f;
    }

    /** Conditional expressions, since {@code Math.min} and {@code max} cost three times as much. */
    static float tanh(float x) {
        float v = x > LIMIT ? LIMIT : x;
        v = v < -LIMIT ? -LIMIT : v;
        float s = v * v;
        float p = (((P4 * s + P3) * s + P2) * s + P1) * s + P0;
        float q = (((Q4 * s + Q3) * s + Q2) * s + Q1) * s + 1;
        float t = v * p / q;
        t = t > 1 ? 1 : t;
        return t < -1 ? -1 : t;
    }
}
