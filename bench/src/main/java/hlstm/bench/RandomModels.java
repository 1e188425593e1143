package hlstm.bench;

import hlstm.runtime.CaptioningTask;
import hlstm.runtime.CellSpec;
import hlstm.runtime.Directions;
import hlstm.runtime.LayerSpec;
import hlstm.runtime.LinearSpec;
import hlstm.runtime.Model;
import hlstm.runtime.ModelBuilder;
import hlstm.runtime.ModelSpec;
import hlstm.runtime.RecurrentSpec;
import hlstm.runtime.SequenceTask;
import hlstm.runtime.TensorSpec;
import hlstm.sparse.DenseMatrix;
import hlstm.sparse.Geometry;
import hlstm.sparse.Matrix;
import hlstm.sparse.SparseMatrix;
import hlstm.sparse.SparsityPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/** Models of random weights, for timing alone. */
public final class RandomModels {
    private static final int OUTPUTS = 29;

    private RandomModels() {}

    /**
     * One recurrent layer and a linear one.
     *
     * @param hidden width of the gates' hidden layers; 0 is a plain LSTM
     * @param geometry of the gate matrices
     * @param density of the gate matrices; 1 is dense
     */
    static Model of(int inputs, int width, int hidden, Geometry geometry, double density) {
        List<Integer> hiddenWidths = hidden == 0 ? List.of() : List.of(hidden);
        CellSpec cell = new CellSpec(inputs, width, hiddenWidths, false, 0);
        ModelSpec spec =
                new ModelSpec(
                        new SequenceTask(),
                        List.of(new RecurrentSpec(cell, false), new LinearSpec(width, OUTPUTS)));
        return withWeights(spec, geometry, density, name -> 1).build();
    }

    /**
     * Recurrent layers alone, each gate with a hidden layer as wide as the cell.
     *
     * @param weights of all gate matrices together; each gets the same share of its connections
     */
    public static ModelBuilder hlstm(
            int inputs,
            int width,
            int layers,
            boolean bidirectional,
            Geometry geometry,
            long weights) {
        List<LayerSpec> specs = new ArrayList<>();
        for (int n = 0; n < layers; n++) {
            CellSpec cell = new CellSpec(n == 0 ? inputs : width, width, List.of(width), false, 0);
            specs.add(new RecurrentSpec(cell, bidirectional));
        }
        ModelSpec spec = new ModelSpec(new SequenceTask(), specs);
        return withWeights(spec, geometry, (double) weights / spec.denseWeights(), name -> 1);
    }

    /**
     * One LSTM layer, whose gates have no hidden layers, hence one level alone.
     *
     * @param weights of both matrices together; each gets the same share of its connections
     */
    public static ModelBuilder lstm(int inputs, int width, Geometry geometry, long weights) {
        CellSpec cell = new CellSpec(inputs, width, List.of(), false, 0);
        ModelSpec spec = new ModelSpec(new SequenceTask(), List.of(new RecurrentSpec(cell, false)));
        return withWeights(spec, geometry, (double) weights / spec.denseWeights(), name -> 1);
    }

    /**
     * An encoder-decoder of one H-LSTM layer each; the directions of the encoder are concatenated.
     *
     * @param width of embeddings and of a layer's output, an even number
     * @param hidden width of the gates' hidden layer
     * @param weights of all gate matrices together; each gets the same share of its connections
     * @param otherDensity share of their connections that attention and output get, 1 for dense
     */
    public static ModelBuilder translator(
            int tokens,
            int width,
            int hidden,
            Geometry geometry,
            long weights,
            double otherDensity) {
        CellSpec encoder = new CellSpec(width, width / 2, List.of(hidden), false, 0);
        CellSpec decoder = new CellSpec(2 * width, width, List.of(hidden), false, 0);
        ModelSpec spec =
                new ModelSpec(
                        TranslatorStack.task(tokens, width, width, 1),
                        List.of(
                                new RecurrentSpec(encoder, Directions.CONCATENATED),
                                new RecurrentSpec(decoder, false),
                                new LinearSpec(width, tokens)));
        long dense =
                spec.matrices().stream()
                        .filter(tensor -> tensor.name().contains(".gates."))
                        .mapToLong(tensor -> (long) tensor.rows() * tensor.columns())
                        .sum();
        return withWeights(
                spec,
                geometry,
                (double) weights / dense,
                name -> name.endsWith(".embedding") ? 1 : otherDensity);
    }

    /**
     * A captioner: vectors of image and words, one H-LSTM layer as wide as they are, each gate with
     * a hidden layer of that width, and an output layer with a bias of zeros.
     *
     * @param weights of all gate matrices together; each gets the same share of its connections
     * @param outputDensity share of its connections that the output layer gets, 1 for dense
     */
    public static ModelBuilder captioner(
            CaptioningTask task, int width, Geometry geometry, long weights, double outputDensity) {
        CellSpec cell = new CellSpec(width, width, List.of(width), false, 0);
        int words = task.vocabulary().size();
        ModelSpec spec =
                new ModelSpec(
                        task,
                        List.of(
                                new LinearSpec(task.featureWidth() + words, width),
                                new RecurrentSpec(cell, false),
                                new LinearSpec(width, words)));
        ModelSpec gates =
                new ModelSpec(new SequenceTask(), List.of(new RecurrentSpec(cell, false)));
        return withWeights(
                spec,
                geometry,
                (double) weights / gates.denseWeights(),
                name -> name.equals("layers.0.weight") ? 1 : outputDensity);
    }

    private static ModelBuilder withWeights(
            ModelSpec spec,
            Geometry geometry,
            double gateDensity,
            ToDoubleFunction<String> otherDensity) {
        SplittableRandom random = new SplittableRandom(1);
        ModelBuilder builder = new ModelBuilder(spec);
        for (TensorSpec tensor : spec.matrices()) {
            String name = tensor.name();
            double density =
                    name.contains(".gates.") ? gateDensity : otherDensity.applyAsDouble(name);
            builder.matrix(name, matrix(tensor, geometry, density, random));
        }
        return builder;
    }

    private static Matrix matrix(
            TensorSpec tensor, Geometry geometry, double density, SplittableRandom random) {
        double scale = 1 / Math.sqrt(density * tensor.columns());
        if (density == 1) {
            return new DenseMatrix(
                    tensor.rows(),
                    tensor.columns(),
                    RandomArrays.gaussian(tensor.rows() * tensor.columns(), scale, random));
        }
        SparsityPattern pattern =
                SparsityPattern.random(tensor.rows(), tensor.columns(), geometry, density, random);
        return new SparseMatrix(pattern, RandomArrays.gaussian(pattern.nonzeros(), scale, random));
    }
}
