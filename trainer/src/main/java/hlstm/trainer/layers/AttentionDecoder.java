package hlstm.trainer.layers;

import hlstm.runtime.CellSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.random.RandomGenerator;

/**
 * The decoder of a translation network: a stack of LSTM or H-LSTM cells with global attention and
 * input feeding; {@link hlstm.runtime.TranslationTask} has the equations. Cells may have dropout in
 * their gates; there may be dropout between cells and on the attentional vectors, those that are
 * fed back included.
 *
 * <p>Parameters are named {@code layers.<n>.forward.gates...} as those of recurrent layers, {@code
 * attention.keys} (general attention) and {@code attention.combine}. Belongs to one training loop
 * at a time; the lanes of a batch are shared by the workers in shards, and the bits do not depend
 * on the number of threads.
 */
public final class AttentionDecoder {
    /** Rows of a task of the weight gradients. */
    private static final int TASK_ROWS = 256;

    /** Source steps of a task. */
    private static final int TASK_STEPS = 8;

    private record GradientTask(
            int cell, int level, CellWeights.Entry entry, int fromRow, int toRow) {}

    private final List<CellSpec> specs;
    private final float gateDropout;
    private final DecoderWeights weights;
    private final DecoderBlocks blocks;
    private final int[] dropoutStreams;
    private final int embedding;
    private final int width;
    private final List<DecoderShard> shards = new ArrayList<>();
    private final List<GradientTask> gradientTasks = new ArrayList<>();
    private final SequenceBlock embeddingGradient = new SequenceBlock();
    private float rectifierSlope;
    private int shardsInUse;
    private SequenceBlock target;

    /**
     * A decoder of dense matrices of zeros; see {@link #initialise}.
     *
     * @param firstLayer the number of its first layer within the network
     * @param specs the cells from the bottom to the top, all equally wide; the first reads an
     *     embedding and an attentional vector, as wide as the cells
     * @param general whether scores are made with a matrix between both vectors
     * @param dropout rate of dropout between cells and on the attentional vectors, in [0, 1)
     * @param gateDropout rate of dropout on the gate hidden layers, in [0, 1)
     */
    public AttentionDecoder(
            int firstLayer,
            List<CellSpec> specs,
            boolean general,
            float dropout,
            float gateDropout) {
        DropoutMask.checkRate(dropout);
        DropoutMask.checkRate(gateDropout);
        this.specs = List.copyOf(specs);
        this.gateDropout = gateDropout;
        width = specs.getFirst().width();
        embedding = specs.getFirst().inputWidth() - width;
        for (int n = 0; n < specs.size(); n++) {
            CellSpec spec = specs.get(n);
            if (spec.width() != width || n > 0 && spec.inputWidth() != width || embedding < 1) {
                throw new IllegalArgumentException(
                        "cells of one width, the first with a wider input, expected; found "
                                + specs);
            }
        }
        rectifierSlope = specs.getFirst().rectifierSlope();
        weights = new DecoderWeights(firstLayer, specs, general);
        blocks = new DecoderBlocks(specs.size(), width, general, dropout);
        dropoutStreams = new int[specs.size()];
        for (int n = 0; n < specs.size(); n++) {
            dropoutStreams[n] = RecurrentLayer.dropoutStream("layers." + (firstLayer + n), 0);
            addGradientTasks(n);
        }
    }

    private void addGradientTasks(int cell) {
        for (CellWeights.Entry entry : weights.cells().get(cell).entries()) {
            addTasks(cell, entry.place().level(), entry, entry.place().rows());
        }
        for (int level = 0; level < specs.get(cell).levels(); level++) {
            addTasks(cell, level, null, specs.get(cell).levelWidth(level));
        }
    }

    private void addTasks(int cell, int level, CellWeights.Entry entry, int rows) {
        for (int row = 0; row < rows; row += TASK_ROWS) {
            int end = Math.min(rows, row + TASK_ROWS);
            gradientTasks.add(new GradientTask(cell, level, entry, row, end));
        }
    }

    /** The cells as they are now, with the current slope of the rectifier. */
    public List<CellSpec> specs() {
        return specs.stream()
                .map(
                        spec ->
                                new CellSpec(
                                        spec.inputWidth(),
                                        spec.width(),
                                        spec.hiddenWidths(),
                                        spec.sharedHidden(),
                                        rectifierSlope))
                .toList();
    }

    DecoderWeights weights() {
        return weights;
    }

    /** The trainable parameters, in a fixed order. */
    public List<Parameter> parameters() {
        return weights.parameters();
    }

    /** Changes the rectifier of the gate hidden layers. */
    public void setRectifierSlope(float slope) {
        rectifierSlope = slope;
    }

    /** Draws initial values for the connections that exist. */
    public void initialise(RandomGenerator random) {
        weights.initialise(random);
    }

    /**
     * The attentional vectors of a batch, after dropout.
     *
     * @param target embeddings of what is read at each step
     * @param memory the vectors of the source, as wide as the cells, in the lanes of the target;
     *     must stay as it is until the backward pass is done
     * @return owned by the decoder and valid until its next forward pass
     * @throws IllegalArgumentException if the blocks have other widths, or not as many lanes
     */
    public SequenceBlock forward(SequenceBlock target, SequenceBlock memory, Pass pass) {
        ShapeChecks.checkInput("the decoder", embedding, target);
        ShapeChecks.checkInput("the decoder's attention", width, memory);
        if (target.lanes() != memory.lanes()) {
            throw new IllegalArgumentException(
                    "the target has %d lanes, the source %d"
                            .formatted(target.lanes(), memory.lanes()));
        }
        this.target = target;
        blocks.reshape(target, memory);
        weights.refresh(pass.workers());
        if (weights.keys() != null) {
            overSource(pass, step -> multiplyKeys(step, pass));
        }
        pass.workers().run(target.steps(), step -> takeEmbeddings(target, step));
        reshapeShards(memory);
        pass.workers()
                .run(shardsInUse, k -> shards.get(k).forward(rectifierSlope, gateDropout, pass));
        return blocks.output();
    }

    private void takeEmbeddings(SequenceBlock target, int step) {
        System.arraycopy(
                target.data(),
                target.stepOffset(step),
                blocks.input(0).data(),
                blocks.input(0).stepOffset(step),
                embedding * target.lanes());
    }

    private void multiplyKeys(int step, Pass pass) {
        SequenceBlock memory = blocks.memory();
        weights.keys()
                .multiplyAdd(
                        pass.kernels(),
                        memory.data(),
                        memory.stepOffset(step),
                        memory.lanes(),
                        blocks.keys().data(),
                        blocks.keys().stepOffset(step),
                        memory.lanes(),
                        memory.lanes());
    }

    private void reshapeShards(SequenceBlock memory) {
        shardsInUse = CellShard.countOf(target.lanes());
        while (shards.size() < shardsInUse) {
            shards.add(new DecoderShard(weights, blocks, shards.size(), dropoutStreams));
        }
        for (int k = 0; k < shardsInUse; k++) {
            shards.get(k).reshape(target, memory);
        }
    }

    private void overSource(Pass pass, IntConsumer work) {
        int steps = blocks.memory().steps();
        pass.workers()
                .run(
                        Math.ceilDiv(steps, TASK_STEPS),
                        task -> {
                            int end = Math.min(steps, (task + 1) * TASK_STEPS);
                            for (int step = task * TASK_STEPS; step < end; step++) {
                                work.accept(step);
                            }
                        });
    }

    /**
     * Adds the gradients of all parameters. Overwrites activations, so each forward pass has one
     * backward pass. Afterwards {@link #embeddingGradient} and {@link #memoryGradient} hold those
     * of both inputs.
     *
     * @throws IllegalArgumentException if the gradient is not of the output's shape
     * @throws IllegalStateException without a forward pass before
     */
    public void backward(SequenceBlock outputGradient, Pass pass) {
        ShapeChecks.checkBackward("the decoder", target, blocks.output(), outputGradient);
        SequenceBlock read = target;
        target = null;
        Workers workers = pass.workers();
        blocks.reshapeGradients();
        weights.refreshTranspose(workers);
        workers.run(
                shardsInUse,
                k -> shards.get(k).backward(outputGradient, rectifierSlope, gateDropout, pass));
        workers.run(gradientTasks.size(), k -> addGradients(gradientTasks.get(k), pass));
        addGradient(weights.combine(), blocks.attentionalGradient(), blocks.combined(), pass);
        if (weights.keys() != null) {
            addGradient(weights.keys(), blocks.keysGradient(), blocks.memory(), pass);
            overSource(pass, step -> addMemoryGradient(step, pass));
        }
        embeddingGradient.reshape(read.steps(), embedding, read.lanes(), read.lengths());
        workers.run(read.steps(), this::giveEmbeddings);
    }

    private void addGradients(GradientTask task, Pass pass) {
        for (int k = 0; k < shardsInUse; k++) {
            CellGradients gradients = shards.get(k).gradients(task.cell());
            if (task.entry() == null) {
                gradients.addBiasGradient(
                        task.level(), task.fromRow(), task.toRow(), pass.kernels());
            } else {
                gradients.addWeightGradient(
                        task.entry(),
                        task.fromRow(),
                        task.toRow(),
                        blocks.input(task.cell()),
                        pass.kernels());
            }
        }
    }

    /** Adds the gradient of a matrix from all steps and lanes; padding is zero in both. */
    private static void addGradient(
            WeightMatrix matrix, SequenceBlock outputs, SequenceBlock inputs, Pass pass) {
        int lanes = outputs.lanes();
        int rows = matrix.parameter().rows();
        StepView dy = new StepView(outputs.data(), 0, lanes, outputs.stepOffset(1));
        StepView x = new StepView(inputs.data(), 0, lanes, inputs.stepOffset(1));
        pass.workers()
                .run(
                        Math.ceilDiv(rows, TASK_ROWS),
                        task ->
                                matrix.addGradient(
                                        pass.kernels(),
                                        task * TASK_ROWS,
                                        Math.min(rows, (task + 1) * TASK_ROWS),
                                        dy,
                                        x,
                                        outputs.steps(),
                                        lanes));
    }

    private void addMemoryGradient(int step, Pass pass) {
        SequenceBlock gradient = blocks.memoryGradient();
        weights.keys()
                .transposedMultiplyAdd(
                        pass.kernels(),
                        blocks.keysGradient().data(),
                        blocks.keysGradient().stepOffset(step),
                        gradient.lanes(),
                        gradient.data(),
                        gradient.stepOffset(step),
                        gradient.lanes(),
                        gradient.lanes());
    }

    private void giveEmbeddings(int step) {
        SequenceBlock gradient = blocks.inputGradient(0);
        System.arraycopy(
                gradient.data(),
                gradient.stepOffset(step),
                embeddingGradient.data(),
                embeddingGradient.stepOffset(step),
                embedding * gradient.lanes());
    }

    /** The gradient of the embeddings of the last backward pass. */
    public SequenceBlock embeddingGradient() {
        return embeddingGradient;
    }

    /** The gradient of the source's vectors of the last backward pass. */
    public SequenceBlock memoryGradient() {
        return blocks.memoryGradient();
    }
}
