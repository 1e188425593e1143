package hlstm.sparse.vector;

import static hlstm.sparse.vector.LaneSpecies.LANES;
import static hlstm.sparse.vector.LaneSpecies.WIDE;
import static jdk.incubator.vector.VectorOperators.GT;

import jdk.incubator.vector.FloatVector;

/**
 * The elementwise parts of a training step of an LSTM cell over whole registers; every method
 * returns how many elements it has done and leaves the rest, less than a register, to scalar code.
 * No multiply-add is fused, so that scalar code gives the same bits.
 */
public final class VectorTrainingSteps {
    private VectorTrainingSteps() {}

    /** {@code y = a * b + c * d}. */
    public static int sumOfProducts(
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
            int length) {
        int end = WIDE.loopBound(length);
        for (int k = 0; k < end; k += LANES) {
            FloatVector left =
                    FloatVector.fromArray(WIDE, a, aOffset + k)
                            .mul(FloatVector.fromArray(WIDE, b, bOffset + k));
            FloatVector right =
                    FloatVector.fromArray(WIDE, c, cOffset + k)
                            .mul(FloatVector.fromArray(WIDE, d, dOffset + k));
            left.add(right).intoArray(y, yOffset + k);
        }
        return end;
    }

    /** {@code y = a * b}. */
    public static int product(
            float[] a, int aOffset, float[] b, int bOffset, float[] y, int yOffset, int length) {
        int end = WIDE.loopBound(length);
        for (int k = 0; k < end; k += LANES) {
            FloatVector.fromArray(WIDE, a, aOffset + k)
                    .mul(FloatVector.fromArray(WIDE, b, bOffset + k))
                    .intoArray(y, yOffset + k);
        }
        return end;
    }

    /** {@code dy = y > 0 ? dy : slope * dy}. */
    public static int rectifierGradient(
            float slope, float[] y, int yOffset, float[] dy, int dyOffset, int length) {
        int end = WIDE.loopBound(length);
        for (int k = 0; k < end; k += LANES) {
            FloatVector v = FloatVector.fromArray(WIDE, y, yOffset + k);
            FloatVector d = FloatVector.fromArray(WIDE, dy, dyOffset + k);
            d.mul(slope).blend(d, v.compare(GT, 0)).intoArray(dy, dyOffset + k);
        }
        return end;
    }

    /** See {@code Kernels.stateGradient}. */
    public static int stateGradient(
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
            int dcOffset) {
        int i = gatesOffset;
        int f = i + width;
        int g = f + width;
        int o = g + width;
        int end = WIDE.loopBound(width);
        for (int k = 0; k < end; k += LANES) {
            FloatVector squashed = FloatVector.fromArray(WIDE, tanhC, tanhOffset + k);
            FloatVector dOut = FloatVector.fromArray(WIDE, dh, dhOffset + k);
            FloatVector out = FloatVector.fromArray(WIDE, gates, o + k);
            FloatVector dCell =
                    squashed.mul(squashed)
                            .neg()
                            .add(1)
                            .mul(out)
                            .mul(dOut)
                            .add(FloatVector.fromArray(WIDE, dc, dcOffset + k));
            out.neg().add(1).mul(out).mul(squashed).mul(dOut).intoArray(gates, o + k);
            FloatVector in = FloatVector.fromArray(WIDE, gates, i + k);
            FloatVector candidate = FloatVector.fromArray(WIDE, gates, g + k);
            in.neg().add(1).mul(in).mul(candidate).mul(dCell).intoArray(gates, i + k);
            candidate.mul(candidate).neg().add(1).mul(in).mul(dCell).intoArray(gates, g + k);
            FloatVector forget = FloatVector.fromArray(WIDE, gates, f + k);
            forget.neg()
                    .add(1)
                    .mul(forget)
                    .mul(FloatVector.fromArray(WIDE, formerC, formerOffset + k))
                    .mul(dCell)
                    .intoArray(gates, f + k);
            dCell.mul(forget).intoArray(dc, dcOffset + k);
        }
        return end;
    }
}
