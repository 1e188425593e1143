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
    private static final float[] ONES = new float[CellShard.MOST_LANES];

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
        begin();
        for (int k = 0; k < shard.steps(); k++) {
            int step = shard.reverse() ? k : shard.steps() - 1 - k;
            addOutputGradient(outputGradient, step);
            throughStep(step, slope, dropout, pass);
        }
    }

    /** Before the last step in the direction of the cell: nothing comes from behind it. */
    void begin() {
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
    }

    /**
     * The gradient of the output of the next step to go back through, a block of the cell's width:
     * what comes from the step behind it, to which the rest is to be added.
     */
    float[] outputGradient() {
        return dh;
    }

    /** Back through one step, its output's gradient being complete. */
    void throughStep(int step, float slope, float dropout, Pass pass) {
        CellSpec spec = weights.spec();
        // The state of an ended sequence is a constant: nothing flows back through it.
        shard.zeroEnded(step, dh, 0);
        shard.zeroEnded(step, dc, 0);
        throughState(step, pass.kernels());
        throughLevels(step, slope, dropout, pass);
        Arrays.fill(dh, 0, spec.width() * shard.lanes(), 0);
        weights.recurrent()
                .transposedMultiplyAdd(
                        pass.kernels(),
                        levels[0],
                        step * shard.stepSize(spec.levelWidth(0)),
                        shard.lanes(),
                        dh,
                        0,
                        shard.lanes(),
                        shard.lanes());
    }

    private void addOutputGradient(SequenceBlock outputGradient, int step) {
        int lanes = shard.lanes();
        float[] dy = outputGradient.data();
        for (int feature = 0; feature < weights.spec().width(); feature++) {
            int from =
                    outputGradient.offset(step, shard.firstOutput() + feature) + shard.firstLane();
            int into = feature * lanes;
            for (int lane = 0; lane < lanes; lane++) {
                dh[into + lane] += dy[from + lane];
            }
        }
    }

    /** From the gradients of h and c to those of the gates' pre-activations and of the former c. */
    private void throughState(int step, Kernels kernels) {
        int width = weights.spec().width();
        kernels.stateGradient(
                levels[levels.length - 1],
                step * shard.stepSize(CellSpec.GATES * width),
                width * shard.lanes(),
                shard.c(),
                shard.cellOffset(shard.previous(step)),
                shard.tanhC(),
                step * shard.stepSize(width),
                dh,
                0,
                dc,
                0);
    }

    private void throughLevels(int step, float slope, float dropout, Pass pass) {
        CellSpec spec = weights.spec();
        int lanes = shard.lanes();
        for (int level = levels.length - 1; level > 0; level--) {
            int length = spec.levelWidth(level - 1) * lanes;
            int below = step * shard.stepSize(spec.levelWidth(level - 1));
            int offset = step * shard.stepSize(spec.levelWidth(level));
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
            // Rectified values are positive where pre-activations are; dropped ones pass nothing.
            pass.kernels()
                    .rectifierGradient(
                            slope, shard.level(level - 1), below, gradient, below, length);
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
                                    shard.h(),
                                    (1 - delay) * shard.stepSize(width),
                                    lanes,
                                    shard.stepSize(width));
                    case HIDDEN ->
                            new StepView(
                                    shard.level(place.level() - 1),
                                    place.inputOffset() * lanes,
                                    lanes,
                                    shard.stepSize(weights.spec().levelWidth(place.level() - 1)));
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
        int stepStride = shard.stepSize(weights.spec().levelWidth(level));
        return new StepView(
                levels[level], fromStep * stepStride + fromRow * lanes, lanes, stepStride);
    }

    /** Adds the gradient of the input at steps [fromStep, toStep). */
    void inputGradient(SequenceBlock inputGradient, int fromStep, int toStep, Kernels kernels) {
        int stepSize = shard.stepSize(weights.spec().levelWidth(0));
        weights.input()
                .transposedMultiplyAdd(
                        kernels,
                        toStep - fromStep,
                        levels[0],
                        fromStep * stepSize,
                        shard.lanes(),
                        stepSize,
                        inputGradient.data(),
                        inputGradient.stepOffset(fromStep) + shard.firstLane(),
                        inputGradient.lanes(),
                        inputGradient.stepOffset(1),
                        shard.lanes());
    }
}
