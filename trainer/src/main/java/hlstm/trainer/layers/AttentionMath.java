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
        int stride = b.lanes();
        int feature = 0;
        // Four at once: a sum that has just been stored must wait before it is loaded again.
        for (; feature + 3 < b.features(); feature += 4) {
            int p0 = aOffset + feature * lanes;
            int p1 = p0 + lanes;
            int p2 = p1 + lanes;
            int p3 = p2 + lanes;
            int q0 = b.offset(step, feature) + firstLane;
            int q1 = q0 + stride;
            int q2 = q1 + stride;
            int q3 = q2 + stride;
            for (int lane = 0; lane < lanes; lane++) {
                sums[sumsOffset + lane] +=
                        a[p0 + lane] * data[q0 + lane]
                                + a[p1 + lane] * data[q1 + lane]
                                + (a[p2 + lane] * data[q2 + lane] + a[p3 + lane] * data[q3 + lane]);
            }
        }
        for (; feature < b.features(); feature++) {
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
        int next = x.stepOffset(1);
        int s = 0;
        for (; s + 3 < x.steps(); s += 4) {
            int w0 = offset + s * lanes;
            int w1 = w0 + lanes;
            int w2 = w1 + lanes;
            int w3 = w2 + lanes;
            for (int feature = 0; feature < x.features(); feature++) {
                int p0 = x.offset(s, feature) + firstLane;
                int p1 = p0 + next;
                int p2 = p1 + next;
                int p3 = p2 + next;
                int into = yOffset + feature * yStride;
                for (int lane = 0; lane < lanes; lane++) {
                    y[into + lane] +=
                            weights[w0 + lane] * data[p0 + lane]
                                    + weights[w1 + lane] * data[p1 + lane]
                                    + (weights[w2 + lane] * data[p2 + lane]
                                            + weights[w3 + lane] * data[p3 + lane]);
                }
            }
        }
        for (; s < x.steps(); s++) {
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
