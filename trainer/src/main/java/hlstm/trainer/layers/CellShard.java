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
    /** Shards have this many lanes or a multiple; two SIMD registers of AVX2. */
    private static final int LANES = 16;

    /** Two registers of AVX-512: what the products sum up at once. */
    static final int MOST_LANES = 32;

    /**
     * Floats between the blocks of two steps: without this cache line the steps of layers whose
     * width is a power of two would all share a few sets of the cache.
     */
    private static final int STEP_GAP = 16;

    private final CellWeights weights;
    private final boolean reverse;
    private final int dropoutStream;
    private final int number;
    private final int firstOutput;

    private int firstLane;
    private int lanes;
    private int steps;
    private int[] lengths = new int[0];

    /** Rectified levels; the last one holds the gates after their nonlinearities. */
    private final float[][] levels;

    /** Cell states, with a block of zeros before the first step and behind the last. */
    private float[] c = new float[0];

    private float[] tanhC = new float[0];
    private float[] h = new float[0];

    /**
     * A shard without a shape yet.
     *
     * @param dropoutStream tells the dropout of this direction from that of others
     * @param number of the shard, from the first lanes of a batch to its last
     * @param firstOutput where among the outputs of the layer those of the cell begin
     */
    CellShard(
            CellWeights weights, boolean reverse, int dropoutStream, int number, int firstOutput) {
        this.weights = weights;
        this.reverse = reverse;
        this.dropoutStream = dropoutStream;
        this.number = number;
        this.firstOutput = firstOutput;
        levels = new float[weights.spec().levels()][0];
    }

    /**
     * Lanes of each shard of a batch but the last: about half of them, so that two threads have
     * work, and no more than make a step faster. Depends on the batch alone, since bits depend on
     * it.
     */
    static int lanesOf(int batchLanes) {
        return Math.clamp(Math.ceilDiv(batchLanes, 2 * LANES) * LANES, LANES, MOST_LANES);
    }

    /** Number of shards of a batch. */
    static int countOf(int batchLanes) {
        return Math.ceilDiv(batchLanes, lanesOf(batchLanes));
    }

    /** Takes the shape of its lanes of a batch. */
    void reshape(SequenceBlock batch) {
        CellSpec spec = weights.spec();
        int most = lanesOf(batch.lanes());
        firstLane = number * most;
        lanes = Math.min(most, batch.lanes() - firstLane);
        lengths = Arrays.copyOfRange(batch.lengths(), firstLane, firstLane + lanes);
        steps = Arrays.stream(lengths).max().orElse(0);
        for (int level = 0; level < levels.length; level++) {
            levels[level] = atLeast(levels[level], size(spec.levelWidth(level)));
        }
        int cell = stepSize(spec.width());
        c = atLeast(c, Math.addExact(size(spec.width()), 2 * cell));
        Arrays.fill(c, 0, cell, 0);
        Arrays.fill(c, cellOffset(steps), cellOffset(steps) + cell, 0);
        tanhC = atLeast(tanhC, size(spec.width()));
        h = atLeast(h, size(spec.width()));
    }

    /** Floats from the block of some features of one step to that of the next. */
    int stepSize(int features) {
        return features * lanes + STEP_GAP;
    }

    /** Floats of the blocks of all steps. */
    int size(int features) {
        return Math.multiplyExact(steps, stepSize(features));
    }

    /** Where the cell states of a step begin; zeros for the steps -1 and {@code steps}. */
    int cellOffset(int step) {
        return (step + 1) * stepSize(weights.spec().width());
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

    /** Where among the outputs of the layer those of the cell begin. */
    int firstOutput() {
        return firstOutput;
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

    /** Bias and input half of level 0 at steps [fromStep, toStep). */
    void inputHalf(SequenceBlock input, int fromStep, int toStep, Kernels kernels) {
        int stepSize = stepSize(weights.spec().levelWidth(0));
        for (int step = fromStep; step < toStep; step++) {
            fillBias(0, step * stepSize);
        }
        weights.input()
                .multiplyAdd(
                        kernels,
                        toStep - fromStep,
                        input.data(),
                        input.stepOffset(fromStep) + firstLane,
                        input.lanes(),
                        input.stepOffset(1),
                        levels[0],
                        fromStep * stepSize,
                        lanes,
                        stepSize,
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
            step(reverse ? steps - 1 - k : k, slope, dropout, pass);
        }
    }

    /**
     * The recurrent part of one step; its {@link #inputHalf} and the step before have been done.
     */
    void step(int step, float slope, float dropout, Pass pass) {
        gates(step, slope, dropout, pass);
        updateState(step, pass.kernels());
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
                            previous * stepSize(spec.width()),
                            lanes,
                            levels[0],
                            step * stepSize(spec.levelWidth(0)),
                            lanes,
                            lanes);
        }
        for (int level = 1; level < levels.length; level++) {
            int below = step * stepSize(spec.levelWidth(level - 1));
            int offset = step * stepSize(spec.levelWidth(level));
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

    /** Far from the streams of the other directions and layers, whose numbers may be neighbours. */
    static int levelStream(int dropoutStream, int level) {
        return dropoutStream + level * 0x3C6EF372;
    }

    /** Applies the dropout mask of a hidden level to its activations or to their gradient. */
    void drop(int level, float[] y, int step, float rate, Pass pass) {
        if (!pass.training() || rate == 0) {
            return;
        }
        int width = weights.spec().levelWidth(level);
        DropoutMask.apply(
                rate,
                DropoutMask.key(pass.seed(), levelStream(dropoutStream, level), step),
                y,
                step * stepSize(width),
                lanes,
                width,
                lanes,
                firstLane);
    }

    private void updateState(int step, Kernels kernels) {
        int width = weights.spec().width();
        int now = step * stepSize(width);
        kernels.activateState(
                levels[levels.length - 1],
                step * stepSize(CellSpec.GATES * width),
                width * lanes,
                c,
                cellOffset(previous(step)),
                c,
                cellOffset(step),
                tanhC,
                now,
                h,
                now);
        zeroEnded(step, c, cellOffset(step));
        zeroEnded(step, tanhC, now);
        zeroEnded(step, h, now);
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

    /** Adds the outputs of steps [fromStep, toStep) to those of the layer. */
    void addOutput(SequenceBlock output, int fromStep, int toStep) {
        int width = weights.spec().width();
        float[] to = output.data();
        for (int step = fromStep; step < toStep; step++) {
            for (int feature = 0; feature < width; feature++) {
                int from = step * stepSize(width) + feature * lanes;
                int into = output.offset(step, firstOutput + feature) + firstLane;
                for (int lane = 0; lane < lanes; lane++) {
                    to[into + lane] += h[from + lane];
                }
            }
        }
    }
}
