package hlstm.trainer.layers;

import java.util.Arrays;

/**
 * Global attention of some lanes at one step, forward and backward. Blocks of the source are
 * feature-major over all lanes of the batch; those of the shard have its own lanes as stride.
 */
final class AttentionMath {
    private AttentionMath() {}

    /**
     * {@code shares[s] = softmax_s(query . keys[s])} over the source of each lane.
     *
     * @param query a block of the width
     * @param shares takes a row of lanes for each source step; zero beyond a source's end
     */
    static void shares(
            float[] query,
            SequenceBlock keys,
            int firstLane,
            int lanes,
            float[] shares,
            int offset) {
        int steps = keys.steps();
        Arrays.fill(shares, offset, offset + steps * lanes, 0);
        for (int s = 0; s < steps; s++) {
            addProducts(query, 0, keys, s, firstLane, lanes, shares, offset + s * lanes);
        }
        for (int lane = 0; lane < lanes; lane++) {
            softmax(shares, offset + lane, lanes, keys.length(firstLane + lane), steps);
        }
    }

    private static void softmax(float[] x, int offset, int stride, int length, int steps) {
        float largest = Float.NEGATIVE_INFINITY;
        for (int s = 0; s < length; s++) {
            largest = Math.max(largest, x[offset + s * stride]);
        }
        double sum = 0;
        for (int s = 0; s < length; s++) {
            double e = Math.exp(x[offset + s * stride] - largest);
            x[offset + s * stride] = (float) e;
            sum += e;
        }
        for (int s = 0; s < steps; s++) {
            int at = offset + s * stride;
            x[at] = s < length ? (float) (x[at] / sum) : 0;
        }
    }

    /** {@code sums[lane] += sum_f a[f] b[s][f]}. */
    static void addProducts(
            float[] a,
            int aOffset,
            SequenceBlock b,
            int step,
            int firstLane,
            int lanes,
            float[] sums,
            int sumsOffset) {
        float[] data = b.data();
        for (int feature = 0; feature < b.features(); feature++) {
            int from = aOffset + feature * lanes;
            int other = b.offset(step, feature) + firstLane;
            for (int lane = 0; lane < lanes; lane++) {
                sums[sumsOffset + lane] += a[from + lane] * data[other + lane];
            }
        }
    }

    /**
     * {@code y[f] += sum_s weights[s] x[s][f]}: a context from shares, or a query's gradient from
     * those of scores.
     *
     * @param y a block of the width, {@code yStride} from one feature to the next
     */
    static void addMean(
            float[] weights,
            int offset,
            SequenceBlock x,
            int firstLane,
            int lanes,
            float[] y,
            int yOffset,
            int yStride) {
        float[] data = x.data();
        for (int s = 0; s < x.steps(); s++) {
            int row = offset + s * lanes;
            for (int feature = 0; feature < x.features(); feature++) {
                int from = x.offset(s, feature) + firstLane;
                int into = yOffset + feature * yStride;
                for (int lane = 0; lane < lanes; lane++) {
                    y[into + lane] += weights[row + lane] * data[from + lane];
                }
            }
        }
    }

    /** {@code x[s][f] += weights[s] y[f]}: the gradient of what {@link #addMean} was made of. */
    static void addOuter(
            float[] weights,
            int offset,
            float[] y,
            int yOffset,
            int yStride,
            SequenceBlock x,
            int firstLane,
            int lanes) {
        float[] data = x.data();
        for (int s = 0; s < x.steps(); s++) {
            int row = offset + s * lanes;
            for (int feature = 0; feature < x.features(); feature++) {
                int into = x.offset(s, feature) + firstLane;
                int from = yOffset + feature * yStride;
                for (int lane = 0; lane < lanes; lane++) {
                    data[into + lane] += weights[row + lane] * y[from + lane];
                }
            }
        }
    }

    /** From the gradients of shares to those of scores, in place: {@code a_s (g_s - sum a g)}. */
    static void softmaxGradient(
            float[] shares, int sharesOffset, float[] gradients, int steps, int lanes) {
        for (int lane = 0; lane < lanes; lane++) {
            float mean = 0;
            for (int s = 0; s < steps; s++) {
                int at = s * lanes + lane;
                mean += shares[sharesOffset + at] * gradients[at];
            }
            for (int s = 0; s < steps; s++) {
                int at = s * lanes + lane;
                gradients[at] = shares[sharesOffset + at] * (gradients[at] - mean);
            }
        }
    }
}
