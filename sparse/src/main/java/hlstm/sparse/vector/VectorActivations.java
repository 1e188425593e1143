package hlstm.sparse.vector;

import static hlstm.sparse.vector.LaneSpecies.LANES;
import static hlstm.sparse.vector.LaneSpecies.WIDE;
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
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;

/**
 * Activations of whole registers; every method returns how many elements it has done and leaves the
 * rest, less than a register, to scalar code. A loop of the scalar function is not vectorised by
 * the compiler, since the arrays might overlap.
 */
public final class VectorActivations {
    private VectorActivations() {}

    /** Leaky ReLU in place, slope above 0. */
    public static int rectify(float slope, float[] y, int offset, int length) {
        int end = WIDE.loopBound(length);
        for (int k = 0; k < end; k += LANES) {
            FloatVector v = FloatVector.fromArray(WIDE, y, offset + k);
            v.mul(slope).blend(v, v.compare(GT, 0)).intoArray(y, offset + k);
        }
        return end;
    }

    /** {@code y = tanh(x)}. */
    public static int tanh(float[] x, int xOffset, float[] y, int yOffset, int length) {
        int end = WIDE.loopBound(length);
        for (int k = 0; k < end; k += LANES) {
            FloatVector v = FloatVector.fromArray(WIDE, x, xOffset + k);
            v = v.blend(LIMIT, v.compare(GT, LIMIT));
            v = v.blend(-LIMIT, v.compare(LT, -LIMIT));
            FloatVector s = v.mul(v);
            FloatVector p = s.mul(P4).add(P3).mul(s).add(P2).mul(s).add(P1).mul(s).add(P0);
            FloatVector q = s.mul(Q4).add(Q3).mul(s).add(Q2).mul(s).add(Q1).mul(s).add(1);
            FloatVector t = v.mul(p).div(q);
            t = t.blend(1, t.compare(GT, 1));
            t.blend(-1, t.compare(LT, -1)).intoArray(y, yOffset + k);
        }
        return end;
    }

    /** {@code y = sigmoid(x)}. */
    public static int sigmoid(float[] x, int xOffset, float[] y, int yOffset, int length) {
        int end = WIDE.loopBound(length);
        for (int k = 0; k < end; k += LANES) {
            FloatVector v = FloatVector.fromArray(WIDE, x, xOffset + k).mul(0.5f);
            v = v.blend(LIMIT, v.compare(GT, LIMIT));
            v = v.blend(-LIMIT, v.compare(LT, -LIMIT));
            FloatVector s = v.mul(v);
            FloatVector p = s.mul(P4).add(P3).mul(s).add(P2).mul(s).add(P1).mul(s).add(P0);
            FloatVector q = s.mul(Q4).add(Q3).mul(s).add(Q2).mul(s).add(Q1).mul(s).add(1);
            FloatVector t = v.mul(p).div(q);
            t = t.blend(1, t.compare(GT, 1));
            t = t.blend(-1, t.compare(LT, -1));
            t.mul(0.5f).add(0.5f).intoArray(y, yOffset + k);
        }
        return end;
    }

    /**
     * The state update of an LSTM in passes over arrays that lie in the first cache: {@code h}
     * holds the candidate until it is added to {@code c}.
     */
    public static int updateState(
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
        tanh(gates, g, h, hOffset, width);
        multiplySigmoid(gates, i, h, hOffset, width);
        multiplySigmoid(gates, f, c, cOffset, width);
        int end = WIDE.loopBound(width);
        for (int k = 0; k < end; k += LANES) {
            FloatVector.fromArray(WIDE, c, cOffset + k)
                    .add(FloatVector.fromArray(WIDE, h, hOffset + k))
                    .intoArray(c, cOffset + k);
        }
        tanh(c, cOffset, h, hOffset, width);
        multiplySigmoid(gates, o, h, hOffset, width);
        return end;
    }

    /** {@code y = y * sigmoid(x)}. */
    private static void multiplySigmoid(
            float[] x, int xOffset, float[] y, int yOffset, int length) {
        for (int k = 0; k < WIDE.loopBound(length); k += LANES) {
            FloatVector v = FloatVector.fromArray(WIDE, x, xOffset + k).mul(0.5f);
            v = v.blend(LIMIT, v.compare(GT, LIMIT));
            v = v.blend(-LIMIT, v.compare(LT, -LIMIT));
            FloatVector s = v.mul(v);
            FloatVector p = s.mul(P4).add(P3).mul(s).add(P2).mul(s).add(P1).mul(s).add(P0);
            FloatVector q = s.mul(Q4).add(Q3).mul(s).add(Q2).mul(s).add(Q1).mul(s).add(1);
            FloatVector t = v.mul(p).div(q);
            t = t.blend(1, t.compare(GT, 1));
            t = t.blend(-1, t.compare(LT, -1));
            t.mul(0.5f)
                    .add(0.5f)
                    .mul(FloatVector.fromArray(WIDE, y, yOffset + k))
                    .intoArray(y, yOffset + k);
        }
    }
}
