package hlstm.bench.training;

import hlstm.bench.RandomArrays;
import hlstm.runtime.CellSpec;
import hlstm.sparse.Geometry;
import hlstm.sparse.KernelProviders;
import hlstm.sparse.Kernels;
import hlstm.sparse.SparsityPattern;
import hlstm.trainer.layers.BatchNormLayer;
import hlstm.trainer.layers.Layer;
import hlstm.trainer.layers.LinearLayer;
import hlstm.trainer.layers.Network;
import hlstm.trainer.layers.Parameter;
import hlstm.trainer.layers.Pass;
import hlstm.trainer.layers.RecurrentLayer;
import hlstm.trainer.layers.SequenceBlock;
import hlstm.trainer.layers.Workers;
import hlstm.trainer.loss.CtcLoss;
import hlstm.trainer.optim.GradientClipping;
import hlstm.trainer.optim.Optimizer;
import hlstm.trainer.optim.Sgd;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** A network of one density that trains on one random batch again and again. */
final class TrainingBatches {
    private static final long SEED = 23;
    private static final double MOMENTUM = 0.9;
    private static final double CLIP_NORM = 1;

    /** Small, so that weights stay in the range where training begins. */
    private static final double LEARNING_RATE = 1e-6;

    /** Steps for each symbol of a transcript. */
    private static final int STEPS_A_SYMBOL = 8;

    private final Kernels kernels = KernelProviders.get();
    private final Network network;
    private final SequenceBlock input = new SequenceBlock();
    private final SequenceBlock gradient = new SequenceBlock();
    private final int[][] labels;
    private final CtcLoss loss = new CtcLoss(0);
    private final Optimizer optimizer = new Sgd(MOMENTUM, 0);

    /**
     * Draws weights and batch.
     *
     * @param geometry of the connections of gate matrices
     * @param density of gate matrices; 1 leaves them dense
     */
    TrainingBatches(TrainingShape shape, Geometry geometry, double density) {
        network = network(shape);
        SplittableRandom random = new SplittableRandom(SEED);
        if (density < 1) {
            for (Parameter parameter : gates()) {
                parameter.restructure(
                        SparsityPattern.random(
                                parameter.rows(), parameter.columns(), geometry, density, random));
            }
        }
        network.initialise(SEED);
        int[] lengths = new int[shape.sequences()];
        Arrays.fill(lengths, shape.steps());
        input.reshape(shape.steps(), shape.inputs(), shape.sequences(), lengths);
        float[] values = RandomArrays.gaussian(input.size(), SEED);
        System.arraycopy(values, 0, input.data(), 0, values.length);
        labels = new int[shape.sequences()][];
        for (int n = 0; n < labels.length; n++) {
            labels[n] = random.ints(shape.steps() / STEPS_A_SYMBOL, 1, shape.outputs()).toArray();
        }
    }

    private static Network network(TrainingShape shape) {
        List<Layer> layers = new ArrayList<>();
        int width = shape.inputs();
        for (int n = 0; n < shape.layers(); n++) {
            String name = "layers." + n;
            if (n > 0) {
                layers.add(new BatchNormLayer(name, width));
            }
            CellSpec cell = new CellSpec(width, shape.width(), List.of(shape.width()), false, 0);
            layers.add(new RecurrentLayer(name, cell, true, 0));
            width = shape.width();
        }
        layers.add(new LinearLayer("layers." + shape.layers(), width, shape.outputs()));
        return new Network(layers);
    }

    private List<Parameter> gates() {
        return network.parameters().stream()
                .filter(
                        parameter ->
                                switch (parameter.kind()) {
                                    case INPUT, RECURRENT, HIDDEN -> true;
                                    case ATTENTION, OUTPUT, OTHER, VECTOR -> false;
                                })
                .toList();
    }

    /** Gate weights that are stored. */
    long weights() {
        return gates().stream().mapToLong(parameter -> parameter.values().length).sum();
    }

    /** Trains once as before an event of growth: the gradients of all elements are gathered. */
    double trainForGrowth(Workers workers) {
        for (Parameter parameter : gates()) {
            int elements = parameter.rows() * parameter.columns();
            parameter.setDenseGradient(new float[elements]);
        }
        double loss = train(workers);
        gates().forEach(parameter -> parameter.setDenseGradient(null));
        return loss;
    }

    /**
     * Trains on the batch once.
     *
     * @return the loss before
     */
    double train(Workers workers) {
        Pass pass = new Pass(kernels, workers, true, SEED);
        network.zeroGradients();
        SequenceBlock logits = network.forward(input, pass);
        CtcLoss.Result result = loss.compute(logits, labels, gradient, workers);
        network.backward(gradient, pass);
        GradientClipping.byNorm(network.parameters(), CLIP_NORM, workers);
        optimizer.step(network.parameters(), LEARNING_RATE, workers);
        return result.mean();
    }
}
