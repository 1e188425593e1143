package hlstm.trainer.layers;

import hlstm.runtime.CellSpec;
import hlstm.sparse.Kernels;
import java.util.Arrays;

/**
 * The forward pass of one direction of a recurrent layer over a few neighbouring lanes of a batch;
 * keeps the activations of all steps for {@link CellGradients}. Blocks are feature-major with the
 * shard's own lanes as stride, so that whatever is elementwise runs over contiguous memory.
 *
 * <p>Steps are numbered as in the batch in both directions. The state is forced to zero where a
 * sequence has ended, so the backward direction starts at each sequence's own last step.
 *
 * <p>One thread at a time, except that {@link #inputHalf} and {@link #addOutput} may work on
 * different steps at once.
 */
final class CellShard {
    /** Lanes of a shard; two SIMD registers of AVX2, and enough work for each weight loaded. */
    static final int LANES = 16;

    private final CellWeights weights;
    private final boolean reverse;
    private final int dropoutStream;
    private final int firstLane;

    private int lanes;
    private int steps;
    private int[] lengths = new int[0];

    /** Rectified levels; the last one holds the gates after their nonlinearities. */
    private final float[][] levels;

    private float[] c = new float[0];
    private float[] tanhC = new float[0];
    private float[] h = new float[0];

    /**
     * A shard without a shape yet.
     *
     * @param dropoutStream tells the dropout of this direction from that of others
     * @param firstLane the lane of the batch that is lane 0 here
     */
    CellShard(CellWeights weights, boolean reverse, int dropoutStream, int firstLane) {
        this.weights = weights;
        this.reverse = reverse;
        this.dropoutStream = dropoutStream;
        this.firstLane = firstLane;
        levels = new float[weights.spec().levels()][0];
    }

    /** Takes the shape of its lanes of a batch. */
    void reshape(SequenceBlock batch) {
        CellSpec spec = weights.spec();
        lanes = Math.min(LANES, batch.lanes() - firstLane);
        lengths = Arrays.copyOfRange(batch.lengths(), firstLane, firstLane + lanes);
        steps = Arrays.stream(lengths).max().orElse(0);
        for (int level = 0; level < levels.length; level++) {
            levels[level] = atLeast(levels[level], size(spec.levelWidth(level)));
        }
        c = atLeast(c, size(spec.width()));
        tanhC = atLeast(tanhC, size(spec.width()));
        h = atLeast(h, size(spec.width()));
    }

    /** Elements of a block of some features for all steps of the shard. */
    int size(int features) {
        return Math.multiplyExact(Math.multiplyExact(steps, features), lanes);
    }

    static float[] atLeast(float[] array, int size) {
        return array.length >= size ? array : new float[size];
    }

    CellWeights weights() {
        return weights;
    }

    boolean reverse() {
        return reverse;
    }

    int firstLane() {
        return firstLane;
    }

    int lanes() {
        return lanes;
    }

    /** Steps of the longest sequence of the shard. */
    int steps() {
        return steps;
    }

    /** The rectified (last level: activated) level of all steps. */
    float[] level(int level) {
        return levels[level];
    }

    float[] c() {
        return c;
    }

    float[] tanhC() {
        return tanhC;
    }

    float[] h() {
        return h;
    }

    /** The step before a step in this direction; it may lie outside of [0, steps). */
    int previous(int step) {
        return reverse ? step + 1 : step - 1;
    }

    boolean exists(int step) {
        return step >= 0 && step < steps;
    }

    /** Bias and input half of level 0 at one step. */
    void inputHalf(SequenceBlock input, int step, Kernels kernels) {
        int offset = step * weights.spec().levelWidth(0) * lanes;
        fillBias(0, offset);
        weights.input()
                .multiplyAdd(
                        kernels,
                        input.data(),
                        input.stepOffset(step) + firstLane,
                        input.lanes(),
                        levels[0],
                        offset,
                        lanes,
                        lanes);
    }

    private void fillBias(int level, int offset) {
        float[] bias = weights.bias(level).parameter().values();
        for (int row = 0; row < bias.length; row++) {
            int from = offset + row * lanes;
            Arrays.fill(levels[level], from, from + lanes, bias[row]);
        }
    }

    /** The recurrent part; {@link #inputHalf} has been done for all steps. */
    void forward(float slope, float dropout, Pass pass) {
        for (int k = 0; k < steps; k++) {
            int step = reverse ? steps - 1 - k : k;
            gates(step, slope, dropout, pass);
            updateState(step, pass.kernels());
        }
    }

    private void gates(int step, float slope, float dropout, Pass pass) {
        Kernels kernels = pass.kernels();
        CellSpec spec = weights.spec();
        int previous = previous(step);
        if (exists(previous)) {
            weights.recurrent()
                    .multiplyAdd(
                            kernels,
                            h,
                            previous * spec.width() * lanes,
                            lanes,
                            levels[0],
                            step * spec.levelWidth(0) * lanes,
                            lanes,
                            lanes);
        }
        for (int level = 1; level < levels.length; level++) {
            int below = step * spec.levelWidth(level - 1) * lanes;
            int offset = step * spec.levelWidth(level) * lanes;
            kernels.rectify(slope, levels[level - 1], below, spec.levelWidth(level - 1) * lanes);
            drop(level - 1, levels[level - 1], step, dropout, pass);
            fillBias(level, offset);
            for (CellWeights.Entry entry : weights.hidden(level)) {
                entry.weights()
                        .multiplyAdd(
                                kernels,
                                levels[level - 1],
                                below + entry.place().inputOffset() * lanes,
                                lanes,
                                levels[level],
                                offset + entry.place().outputOffset() * lanes,
                                lanes,
                                lanes);
            }
        }
    }

    /** Applies the dropout mask of a hidden level to its activations or to their gradient. */
    void drop(int level, float[] y, int step, float rate, Pass pass) {
        if (!pass.training() || rate == 0) {
            return;
        }
        int width = weights.spec().levelWidth(level);
        DropoutMask.apply(
                rate,
                DropoutMask.key(pass.seed(), dropoutStream + level, step),
                y,
                step * width * lanes,
                lanes,
                width,
                lanes,
                firstLane);
    }

    private void updateState(int step, Kernels kernels) {
        int size = weights.spec().width() * lanes;
        float[] gates = levels[levels.length - 1];
        int i = step * CellSpec.GATES * size;
        int f = i + size;
        int g = f + size;
        int o = g + size;
        kernels.sigmoid(gates, i, gates, i, 2 * size);
        kernels.tanh(gates, g, gates, g, size);
        kernels.sigmoid(gates, o, gates, o, size);
        int now = step * size;
        if (exists(previous(step))) {
            int before = previous(step) * size;
            for (int k = 0; k < size; k++) {
                c[now + k] = gates[f + k] * c[before + k] + gates[i + k] * gates[g + k];
            }
        } else {
            for (int k = 0; k < size; k++) {
                c[now + k] = gates[i + k] * gates[g + k];
            }
        }
        zeroEnded(step, c, now);
        kernels.tanh(c, now, tanhC, now, size);
        for (int k = 0; k < size; k++) {
            h[now + k] = gates[o + k] * tanhC[now + k];
        }
    }

    /** Zeroes a block of the cell's width in the lanes whose sequence has ended before the step. */
    void zeroEnded(int step, float[] y, int offset) {
        int width = weights.spec().width();
        for (int lane = 0; lane < lanes; lane++) {
            if (step >= lengths[lane]) {
                for (int feature = 0; feature < width; feature++) {
                    y[offset + feature * lanes + lane] = 0;
                }
            }
        }
    }

    /** Adds the outputs of a step to those of the layer. */
    void addOutput(SequenceBlock output, int step) {
        int width = weights.spec().width();
        float[] to = output.data();
        for (int feature = 0; feature < width; feature++) {
            int from = (step * width + feature) * lanes;
            int into = output.offset(step, feature) + firstLane;
            for (int lane = 0; lane < lanes; lane++) {
                to[into + lane] += h[from + lane];
            }
        }
    }
}
