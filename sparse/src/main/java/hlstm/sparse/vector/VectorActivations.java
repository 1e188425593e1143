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
 *
 * <p>The methods with a tanh are larger than HotSpot inlines (325 bytes of code): a caller into
 * which several of them were inlined would exceed the limits within which the compiler keeps
 * vectors in registers, and would allocate them instead.
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
        return activate(false, x, xOffset, y, yOffset, length);
    }

    /** {@code y = sigmoid(x)}. */
    public static int sigmoid(float[] x, int xOffset, float[] y, int yOffset, int length) {
        return activate(true, x, xOffset, y, yOffset, length);
    }

    private static int activate(
            boolean sigmoid, float[] x, int xOffset, float[] y, int yOffset, int length) {
        int end = WIDE.loopBound(length);
        if (sigmoid) {
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
        } else {
            for (int k = 0; k < end; k += LANES) {
                FloatVector v = FloatVector.fromArray(WIDE, x, xOffset + k);
                v = v.blend(LIMIT, v.compare(GT, LIMIT));
                v = v.blend(-LIMIT, v.compare(LT, -LIMIT));
                FloatVector s = v.mul(v);
                FloatVector p = s.mul(P4).add(P3).mul(s).add(P2).mul(s).add(P1).mul(s).add(P0);
                FloatVector q = s.mul(Q4).add(Q3).mul(s).add(Q2).mul(s).add(Q1).mul(s).add(1);
                FloatVector t = v.mul(p).div(q);
                t = t.blend(1, t.compare(GT, 1));
                t = t.blend(-1, t.compare(LT, -1));
                t.intoArray(y, yOffset + k);
            }
        }
        return end;
    }

    /** The state update of an LSTM. */
    public static int updateState(
            float[] gates,
            int gatesOffset,
            int width,
            float[] c,
            int cOffset,
            float[] h,
            int hOffset) {
        int end = WIDE.loopBound(width);
        updateCell(gates, gatesOffset, width, c, cOffset, end);
        updateOutput(gates, gatesOffset + 3 * width, c, cOffset, h, hOffset, end);
        return end;
    }

    /** {@code c = c * sigmoid(f) + tanh(g) * sigmoid(i)}. */
    private static void updateCell(
            float[] gates, int i, int width, float[] c, int cOffset, int end) {
        int f = i + width;
        int g = f + width;
        for (int k = 0; k < end; k += LANES) {
            FloatVector vi = FloatVector.fromArray(WIDE, gates, i + k).mul(0.5f);
            vi = vi.blend(LIMIT, vi.compare(GT, LIMIT));
            vi = vi.blend(-LIMIT, vi.compare(LT, -LIMIT));
            FloatVector si = vi.mul(vi);
            FloatVector pi = si.mul(P4).add(P3).mul(si).add(P2).mul(si).add(P1).mul(si).add(P0);
            FloatVector qi = si.mul(Q4).add(Q3).mul(si).add(Q2).mul(si).add(Q1).mul(si).add(1);
            FloatVector ti = vi.mul(pi).div(qi);
            ti = ti.blend(1, ti.compare(GT, 1));
            ti = ti.blend(-1, ti.compare(LT, -1));
            FloatVector vf = FloatVector.fromArray(WIDE, gates, f + k).mul(0.5f);
            vf = vf.blend(LIMIT, vf.compare(GT, LIMIT));
            vf = vf.blend(-LIMIT, vf.compare(LT, -LIMIT));
            FloatVector sf = vf.mul(vf);
            FloatVector pf = sf.mul(P4).add(P3).mul(sf).add(P2).mul(sf).add(P1).mul(sf).add(P0);
            FloatVector qf = sf.mul(Q4).add(Q3).mul(sf).add(Q2).mul(sf).add(Q1).mul(sf).add(1);
            FloatVector tf = vf.mul(pf).div(qf);
            tf = tf.blend(1, tf.compare(GT, 1));
            tf = tf.blend(-1, tf.compare(LT, -1));
            FloatVector vg = FloatVector.fromArray(WIDE, gates, g + k);
            vg = vg.blend(LIMIT, vg.compare(GT, LIMIT));
            vg = vg.blend(-LIMIT, vg.compare(LT, -LIMIT));
            FloatVector sg = vg.mul(vg);
            FloatVector pg = sg.mul(P4).add(P3).mul(sg).add(P2).mul(sg).add(P1).mul(sg).add(P0);
            FloatVector qg = sg.mul(Q4).add(Q3).mul(sg).add(Q2).mul(sg).add(Q1).mul(sg).add(1);
            FloatVector tg = vg.mul(pg).div(qg);
            tg = tg.blend(1, tg.compare(GT, 1));
            tg = tg.blend(-1, tg.compare(LT, -1));
            FloatVector kept =
                    tf.mul(0.5f).add(0.5f).mul(FloatVector.fromArray(WIDE, c, cOffset + k));
            kept.add(ti.mul(0.5f).add(0.5f).mul(tg)).intoArray(c, cOffset + k);
        }
    }

    /** {@code h = tanh(c) * sigmoid(o)}. */
    private static void updateOutput(
            float[] gates, int o, float[] c, int cOffset, float[] h, int hOffset, int end) {
        for (int k = 0; k < end; k += LANES) {
            FloatVector vo = FloatVector.fromArray(WIDE, gates, o + k).mul(0.5f);
            vo = vo.blend(LIMIT, vo.compare(GT, LIMIT));
            vo = vo.blend(-LIMIT, vo.compare(LT, -LIMIT));
            FloatVector so = vo.mul(vo);
            FloatVector po = so.mul(P4).add(P3).mul(so).add(P2).mul(so).add(P1).mul(so).add(P0);
            FloatVector qo = so.mul(Q4).add(Q3).mul(so).add(Q2).mul(so).add(Q1).mul(so).add(1);
            FloatVector to = vo.mul(po).div(qo);
            to = to.blend(1, to.compare(GT, 1));
            to = to.blend(-1, to.compare(LT, -1));
            FloatVector vc = FloatVector.fromArray(WIDE, c, cOffset + k);
            vc = vc.blend(LIMIT, vc.compare(GT, LIMIT));
            vc = vc.blend(-LIMIT, vc.compare(LT, -LIMIT));
            FloatVector sc = vc.mul(vc);
            FloatVector pc = sc.mul(P4).add(P3).mul(sc).add(P2).mul(sc).add(P1).mul(sc).add(P0);
            FloatVector qc = sc.mul(Q4).add(Q3).mul(sc).add(Q2).mul(sc).add(Q1).mul(sc).add(1);
            FloatVector tc = vc.mul(pc).div(qc);
            tc = tc.blend(1, tc.compare(GT, 1));
            tc = tc.blend(-1, tc.compare(LT, -1));
            to.mul(0.5f).add(0.5f).mul(tc).intoArray(h, hOffset + k);
        }
    }
}
