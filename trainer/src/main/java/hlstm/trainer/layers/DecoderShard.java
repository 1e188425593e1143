package hlstm.trainer.layers;

import hlstm.runtime.CellSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An {@link AttentionDecoder} on a few neighbouring lanes of a batch, forward and backward through
 * all steps. One thread at a time; shards of other lanes may work at the same time, since no two
 * touch the same lanes.
 */
final class DecoderShard {
    private final DecoderWeights weights;
    private final DecoderBlocks blocks;
    private final int width;
    private final int embedding;
    private final List<CellShard> cells = new ArrayList<>();
    private final List<CellGradients> gradients = new ArrayList<>();
    private int firstLane;
    private int lanes;
    private int sourceSteps;

    /** Shares of the source at each step of the target. */
    private float[] shares = new float[0];

    /** Gradients of the shares, then of the scores, at one step. */
    private float[] scoreGradients = new float[0];

    /** Blocks of a step in the shard's own lanes. */
    private float[] combinedGradient = new float[0];

    private float[] attentional = new float[0];
    private float[] feedGradient = new float[0];
    private float[] query = new float[0];

    /**
     * A shard without a shape yet.
     *
     * @param number of the shard, from the first lanes of a batch to its last
     * @param streams for each cell, tells what drops in its gates from others
     */
    DecoderShard(DecoderWeights weights, DecoderBlocks blocks, int number, int[] streams) {
        this.weights = weights;
        this.blocks = blocks;
        CellSpec top = weights.cells().getLast().spec();
        width = top.width();
        embedding = weights.cells().getFirst().spec().inputWidth() - width;
        for (int n = 0; n < weights.cells().size(); n++) {
            CellShard cell = new CellShard(weights.cells().get(n), false, streams[n], number, 0);
            cells.add(cell);
            gradients.add(new CellGradients(cell));
        }
    }

    /** The gradients of a cell, for those of its weights. */
    CellGradients gradients(int cell) {
        return gradients.get(cell);
    }

    void reshape(SequenceBlock target, SequenceBlock memory) {
        cells.forEach(cell -> cell.reshape(target));
        firstLane = cells.getFirst().firstLane();
        lanes = cells.getFirst().lanes();
        sourceSteps = memory.steps();
        int step = Math.multiplyExact(sourceSteps, lanes);
        shares = CellShard.atLeast(shares, Math.multiplyExact(cells.getFirst().steps(), step));
        scoreGradients = CellShard.atLeast(scoreGradients, step);
        combinedGradient = CellShard.atLeast(combinedGradient, 2 * width * lanes);
        attentional = CellShard.atLeast(attentional, width * lanes);
        feedGradient = CellShard.atLeast(feedGradient, width * lanes);
        query = CellShard.atLeast(query, width * lanes);
    }

    private int steps() {
        return cells.getFirst().steps();
    }

    /** All steps; the embeddings are in the first cell's input. */
    void forward(float slope, float gateDropout, Pass pass) {
        for (int step = 0; step < steps(); step++) {
            if (step > 0) {
                copyRows(blocks.output(), step - 1, 0, blocks.input(0), step, embedding);
            }
            for (int n = 0; n < cells.size(); n++) {
                CellShard cell = cells.get(n);
                cell.inputHalf(blocks.input(n), step, step + 1, pass.kernels());
                cell.step(step, slope, gateDropout, pass);
                boolean last = n == cells.size() - 1;
                SequenceBlock above = last ? blocks.combined() : blocks.input(n + 1);
                put(cell.h(), step * cell.stepSize(width), above, step, last ? width : 0);
                if (!last) {
                    blocks.drop(n + 1, above, step, firstLane, lanes, pass);
                }
            }
            attend(step);
            combine(step, pass);
        }
    }

    private void attend(int step) {
        SequenceBlock combined = blocks.combined();
        int offset = step * sourceSteps * lanes;
        get(combined, step, width, query);
        AttentionMath.shares(query, blocks.keys(), firstLane, lanes, shares, offset);
        AttentionMath.addMean(
                shares,
                offset,
                blocks.memory(),
                firstLane,
                lanes,
                combined.data(),
                combined.stepOffset(step) + firstLane,
                combined.lanes());
    }

    /** The attentional vector, and with dropout the output. */
    private void combine(int step, Pass pass) {
        SequenceBlock combined = blocks.combined();
        Arrays.fill(attentional, 0, width * lanes, 0);
        weights.combine()
                .multiplyAdd(
                        pass.kernels(),
                        combined.data(),
                        combined.stepOffset(step) + firstLane,
                        combined.lanes(),
                        attentional,
                        0,
                        lanes,
                        lanes);
        pass.kernels().tanh(attentional, 0, attentional, 0, width * lanes);
        cells.getFirst().zeroEnded(step, attentional, 0);
        put(attentional, 0, blocks.attentional(), step, 0);
        put(attentional, 0, blocks.output(), step, 0);
        blocks.drop(cells.size(), blocks.output(), step, firstLane, lanes, pass);
    }

    /** Back through all steps, down to the gradients of the cells' inputs and of the source. */
    void backward(SequenceBlock outputGradient, float slope, float gateDropout, Pass pass) {
        gradients.forEach(CellGradients::begin);
        Arrays.fill(feedGradient, 0, width * lanes, 0);
        for (int step = steps() - 1; step >= 0; step--) {
            throughCombine(outputGradient, step, pass);
            throughAttention(step);
            addTo(gradients.getLast().outputGradient(), combinedGradient, width * lanes);
            for (int n = cells.size() - 1; n >= 0; n--) {
                SequenceBlock inputGradient = blocks.inputGradient(n);
                gradients.get(n).throughStep(step, slope, gateDropout, pass);
                gradients.get(n).inputGradient(inputGradient, step, step + 1, pass.kernels());
                if (n > 0) {
                    blocks.drop(n, inputGradient, step, firstLane, lanes, pass);
                    get(inputGradient, step, 0, query);
                    addTo(gradients.get(n - 1).outputGradient(), query, 0);
                } else {
                    get(inputGradient, step, embedding, feedGradient);
                }
            }
        }
    }

    /** From the output's gradient to that of context and cell, side by side. */
    private void throughCombine(SequenceBlock outputGradient, int step, Pass pass) {
        SequenceBlock gradient = blocks.attentionalGradient();
        float[] dy = outputGradient.data();
        float[] dz = gradient.data();
        for (int feature = 0; feature < width; feature++) {
            int from = outputGradient.offset(step, feature) + firstLane;
            int into = gradient.offset(step, feature) + firstLane;
            for (int lane = 0; lane < lanes; lane++) {
                dz[into + lane] = dy[from + lane] + feedGradient[feature * lanes + lane];
            }
        }
        blocks.drop(cells.size(), gradient, step, firstLane, lanes, pass);
        float[] y = blocks.attentional().data();
        for (int feature = 0; feature < width; feature++) {
            int at = gradient.offset(step, feature) + firstLane;
            for (int lane = at; lane < at + lanes; lane++) {
                dz[lane] *= 1 - y[lane] * y[lane];
            }
        }
        for (int lane = 0; lane < lanes; lane++) {
            if (step >= gradient.length(firstLane + lane)) {
                for (int feature = 0; feature < width; feature++) {
                    dz[gradient.offset(step, feature) + firstLane + lane] = 0;
                }
            }
        }
        Arrays.fill(combinedGradient, 0, 2 * width * lanes, 0);
        weights.combine()
                .transposedMultiplyAdd(
                        pass.kernels(),
                        dz,
                        gradient.stepOffset(step) + firstLane,
                        gradient.lanes(),
                        combinedGradient,
                        0,
                        lanes,
                        lanes);
    }

    /** From the context's gradient to those of the source, and of the query, which is added. */
    private void throughAttention(int step) {
        int offset = step * sourceSteps * lanes;
        Arrays.fill(scoreGradients, 0, sourceSteps * lanes, 0);
        for (int s = 0; s < sourceSteps; s++) {
            AttentionMath.addProducts(
                    combinedGradient,
                    0,
                    blocks.memory(),
                    s,
                    firstLane,
                    lanes,
                    scoreGradients,
                    s * lanes);
        }
        AttentionMath.addOuter(
                shares,
                offset,
                combinedGradient,
                0,
                lanes,
                blocks.memoryGradient(),
                firstLane,
                lanes);
        AttentionMath.softmaxGradient(shares, offset, scoreGradients, sourceSteps, lanes);
        AttentionMath.addMean(
                scoreGradients,
                0,
                blocks.keys(),
                firstLane,
                lanes,
                combinedGradient,
                width * lanes,
                lanes);
        get(blocks.combined(), step, width, query);
        AttentionMath.addOuter(
                scoreGradients, 0, query, 0, lanes, blocks.keysGradient(), firstLane, lanes);
    }

    /** Adds a block of the width to the gradient of a cell's output. */
    private void addTo(float[] gradient, float[] block, int offset) {
        for (int k = 0; k < width * lanes; k++) {
            gradient[k] += block[offset + k];
        }
    }

    /** Copies a block of the width from the shard's lanes into a step of a batch. */
    private void put(float[] from, int offset, SequenceBlock to, int step, int firstFeature) {
        for (int feature = 0; feature < width; feature++) {
            int into = to.offset(step, firstFeature + feature) + firstLane;
            System.arraycopy(from, offset + feature * lanes, to.data(), into, lanes);
        }
    }

    /** Copies a block of the width from a step of a batch into the shard's lanes. */
    private void get(SequenceBlock from, int step, int firstFeature, float[] to) {
        for (int feature = 0; feature < width; feature++) {
            int at = from.offset(step, firstFeature + feature) + firstLane;
            System.arraycopy(from.data(), at, to, feature * lanes, lanes);
        }
    }

    private void copyRows(
            SequenceBlock from,
            int fromStep,
            int fromFeature,
            SequenceBlock to,
            int toStep,
            int toFeature) {
        for (int feature = 0; feature < width; feature++) {
            System.arraycopy(
                    from.data(),
                    from.offset(fromStep, fromFeature + feature) + firstLane,
                    to.data(),
                    to.offset(toStep, toFeature + feature) + firstLane,
                    lanes);
        }
    }
}
