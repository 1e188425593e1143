package hlstm.trainer.layers;

import hlstm.runtime.CellSpec;
import hlstm.runtime.GateMatrix;
import hlstm.sparse.Kernels;
import java.util.Arrays;

/**
 * The backward pass of a {@link CellShard}. First back through time, which leaves the gradients of
 * all pre-activations of all steps; then, from these, the gradients of weights and input.
 *
 * <p>One thread at a time, except that {@link #inputGradient} may work on different steps at once,
 * and {@link #addWeightGradient} and {@link #addBiasGradient} on different rows.
 */
final class CellGradients {
    private static final float[] ONES = new float[CellShard.LANES];

    static {
        Arrays.fill(ONES, 1);
    }

    private final CellShard shard;
    private final CellWeights weights;

    /** Pre-activation gradients; that of the last level takes the place of the gates. */
    private final float[][] levels;

    private float[] dh = new float[0];
    private float[] dc = new float[0];

    CellGradients(CellShard shard) {
        this.shard = shard;
        weights = shard.weights();
        levels = new float[weights.spec().levels()][0];
    }

    /** From the output's gradient to those of all pre-activations; overwrites the gates. */
    void throughTime(SequenceBlock outputGradient, float slope, float dropout, Pass pass) {
        CellSpec spec = weights.spec();
        int size = spec.width() * shard.lanes();
        int last = levels.length - 1;
        for (int level = 0; level < last; level++) {
            levels[level] = CellShard.atLeast(levels[level], shard.size(spec.levelWidth(level)));
        }
        levels[last] = shard.level(last);
        dh = CellShard.atLeast(dh, size);
        dc = CellShard.atLeast(dc, size);
        Arrays.fill(dh, 0, size, 0);
        Arrays.fill(dc, 0, size, 0);
        for (int k = 0; k < shard.steps(); k++) {
            int step = shard.reverse() ? k : shard.steps() - 1 - k;
            addOutputGradient(outputGradient, step);
            // The state of an ended sequence is a constant: nothing flows back through it.
            shard.zeroEnded(step, dh, 0);
            shard.zeroEnded(step, dc, 0);
            throughState(step);
            throughLevels(step, slope, dropout, pass);
            Arrays.fill(dh, 0, size, 0);
            weights.recurrent()
                    .transposedMultiplyAdd(
                            pass.kernels(),
                            levels[0],
                            step * spec.levelWidth(0) * shard.lanes(),
                            shard.lanes(),
                            dh,
                            0,
                            shard.lanes(),
                            shard.lanes());
        }
    }

    private void addOutputGradient(SequenceBlock outputGradient, int step) {
        int lanes = shard.lanes();
        float[] dy = outputGradient.data();
        for (int feature = 0; feature < weights.spec().width(); feature++) {
            int from = outputGradient.offset(step, feature) + shard.firstLane();
            int into = feature * lanes;
            for (int lane = 0; lane < lanes; lane++) {
                dh[into + lane] += dy[from + lane];
            }
        }
    }

    /** From the gradients of h and c to those of the gates' pre-activations and of the former c. */
    private void throughState(int step) {
        int size = weights.spec().width() * shard.lanes();
        float[] gates = levels[levels.length - 1];
        float[] c = shard.c();
        float[] tanhC = shard.tanhC();
        int now = step * size;
        boolean first = !shard.exists(shard.previous(step));
        int before = first ? now : shard.previous(step) * size;
        float former = first ? 0 : 1;
        int i = step * CellSpec.GATES * size;
        int f = i + size;
        int g = f + size;
        int o = g + size;
        for (int k = 0; k < size; k++) {
            float in = gates[i + k];
            float forget = gates[f + k];
            float candidate = gates[g + k];
            float out = gates[o + k];
            float squashed = tanhC[now + k];
            float dCell = dc[k] + dh[k] * out * (1 - squashed * squashed);
            gates[i + k] = dCell * candidate * in * (1 - in);
            gates[f + k] = dCell * (former * c[before + k]) * forget * (1 - forget);
            gates[g + k] = dCell * in * (1 - candidate * candidate);
            gates[o + k] = dh[k] * squashed * out * (1 - out);
            dc[k] = dCell * forget;
        }
    }

    private void throughLevels(int step, float slope, float dropout, Pass pass) {
        CellSpec spec = weights.spec();
        int lanes = shard.lanes();
        for (int level = levels.length - 1; level > 0; level--) {
            int length = spec.levelWidth(level - 1) * lanes;
            int below = step * length;
            int offset = step * spec.levelWidth(level) * lanes;
            float[] gradient = levels[level - 1];
            Arrays.fill(gradient, below, below + length, 0);
            for (CellWeights.Entry entry : weights.hidden(level)) {
                entry.weights()
                        .transposedMultiplyAdd(
                                pass.kernels(),
                                levels[level],
                                offset + entry.place().outputOffset() * lanes,
                                lanes,
                                gradient,
                                below + entry.place().inputOffset() * lanes,
                                lanes,
                                lanes);
            }
            shard.drop(level - 1, gradient, step, dropout, pass);
            throughRectifier(slope, shard.level(level - 1), gradient, below, length);
        }
    }

    /** A rectified value is positive where its pre-activation is; dropped ones pass no gradient. */
    private static void throughRectifier(
            float slope, float[] y, float[] dy, int offset, int length) {
        for (int k = offset; k < offset + length; k++) {
            dy[k] *= y[k] > 0 ? 1 : slope;
        }
    }

    /** Adds the gradient of rows [fromRow, toRow) of a gate matrix. */
    void addWeightGradient(
            CellWeights.Entry entry, int fromRow, int toRow, SequenceBlock input, Kernels kernels) {
        GateMatrix place = entry.place();
        int lanes = shard.lanes();
        int width = weights.spec().width();
        // The output of a step meets the gradient of the next step in this direction.
        boolean recurrent = place.source() == GateMatrix.Source.RECURRENT;
        int steps = recurrent ? shard.steps() - 1 : shard.steps();
        int delay = recurrent && !shard.reverse() ? 1 : 0;
        StepView x =
                switch (place.source()) {
                    case INPUT ->
                            new StepView(
                                    input.data(),
                                    shard.firstLane(),
                                    input.lanes(),
                                    input.stepOffset(1));
                    case RECURRENT ->
                            new StepView(
                                    shard.h(), (1 - delay) * width * lanes, lanes, width * lanes);
                    case HIDDEN ->
                            new StepView(
                                    shard.level(place.level() - 1),
                                    place.inputOffset() * lanes,
                                    lanes,
                                    weights.spec().levelWidth(place.level() - 1) * lanes);
                };
        StepView dy = gradients(place.level(), delay, place.outputOffset());
        entry.weights().addGradient(kernels, fromRow, toRow, dy, x, steps, lanes);
    }

    /** Adds the gradient of rows [fromRow, toRow) of a level's bias. */
    void addBiasGradient(int level, int fromRow, int toRow, Kernels kernels) {
        // A bias is a weight whose input is always 1.
        StepView ones = new StepView(ONES, 0, 0, 0);
        weights.bias(level)
                .addGradient(
                        kernels,
                        fromRow,
                        toRow,
                        gradients(level, 0, 0),
                        ones,
                        shard.steps(),
                        shard.lanes());
    }

    private StepView gradients(int level, int fromStep, int fromRow) {
        int lanes = shard.lanes();
        int stepStride = weights.spec().levelWidth(level) * lanes;
        return new StepView(
                levels[level], fromStep * stepStride + fromRow * lanes, lanes, stepStride);
    }

    /** Adds the gradient of the input at one step. */
    void inputGradient(SequenceBlock inputGradient, int step, Kernels kernels) {
        weights.input()
                .transposedMultiplyAdd(
                        kernels,
                        levels[0],
                        step * weights.spec().levelWidth(0) * shard.lanes(),
                        shard.lanes(),
                        inputGradient.data(),
                        inputGradient.stepOffset(step) + shard.firstLane(),
                        inputGradient.lanes(),
                        shard.lanes());
    }
}
