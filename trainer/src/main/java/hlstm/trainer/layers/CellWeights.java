package hlstm.trainer.layers;

import hlstm.runtime.CellSpec;
import hlstm.runtime.GateMatrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** The parameters of one direction of a recurrent layer: its gate matrices, and a bias a level. */
final class CellWeights {
    /** A gate matrix: its place in the cell, and its weights. */
    record Entry(GateMatrix place, WeightMatrix weights) {}

    private final CellSpec spec;
    private final List<Entry> entries = new ArrayList<>();
    private final List<List<Entry>> hiddenEntries = new ArrayList<>();
    private final List<WeightMatrix> biases = new ArrayList<>();
    private final List<Parameter> parameters = new ArrayList<>();

    /**
     * Dense weights of zero.
     *
     * @param prefix what the names of the parameters begin with
     */
    CellWeights(String prefix, CellSpec spec) {
        this.spec = spec;
        for (GateMatrix place : spec.matrices()) {
            Parameter parameter =
                    new Parameter(
                            prefix + place.name(), kind(place), place.rows(), place.columns());
            parameters.add(parameter);
            entries.add(new Entry(place, new WeightMatrix(parameter)));
        }
        for (int level = 0; level < spec.levels(); level++) {
            int number = level;
            hiddenEntries.add(
                    entries.stream()
                            .filter(e -> e.place().source() == GateMatrix.Source.HIDDEN)
                            .filter(e -> e.place().level() == number)
                            .toList());
            Parameter bias =
                    new Parameter(
                            "%sgates.%d.bias".formatted(prefix, level),
                            Parameter.Kind.VECTOR,
                            spec.levelWidth(level),
                            1);
            parameters.add(bias);
            biases.add(new WeightMatrix(bias));
        }
    }

    private static Parameter.Kind kind(GateMatrix place) {
        return switch (place.source()) {
            case INPUT -> Parameter.Kind.INPUT;
            case RECURRENT -> Parameter.Kind.RECURRENT;
            case HIDDEN -> Parameter.Kind.HIDDEN;
        };
    }

    CellSpec spec() {
        return spec;
    }

    /** All gate matrices in the order of {@link CellSpec#matrices()}. */
    List<Entry> entries() {
        return entries;
    }

    WeightMatrix input() {
        return entries.get(0).weights();
    }

    WeightMatrix recurrent() {
        return entries.get(1).weights();
    }

    /** The matrices that map a level's rectified predecessor to it; none at level 0. */
    List<Entry> hidden(int level) {
        return hiddenEntries.get(level);
    }

    /** The bias of a level, seen as a matrix of one column. */
    WeightMatrix bias(int level) {
        return biases.get(level);
    }

    List<Parameter> parameters() {
        return parameters;
    }

    /**
     * Draws weights from uniform distributions whose variance keeps the signal's scale given the
     * connections that a row really has: 2 / connections for rectified rows (He et al. 2015), 1 /
     * connections for the gates themselves. Biases are 0, those of the forget gate 1.
     */
    void initialise(RandomGenerator random) {
        for (Entry entry : entries) {
            GateMatrix place = entry.place();
            boolean last = place.level() == spec.levels() - 1;
            Parameter parameter = entry.weights().parameter();
            for (int row = 0; row < place.rows(); row++) {
                double variance = (last ? 1.0 : 2.0) / Math.max(1, fanIn(place, row));
                float bound = (float) Math.sqrt(3 * variance);
                for (int k = parameter.rowStart(row); k < parameter.rowStart(row + 1); k++) {
                    parameter.values()[k] = random.nextFloat(-bound, bound);
                }
            }
        }
        for (int level = 0; level < spec.levels(); level++) {
            float[] bias = biases.get(level).parameter().values();
            Arrays.fill(bias, 0);
            if (level == spec.levels() - 1) {
                int forget = CellSpec.GATE_LABELS.indexOf("f") * spec.width();
                Arrays.fill(bias, forget, forget + spec.width(), 1);
            }
        }
    }

    /** Connections of a row over all matrices that add to it. */
    private int fanIn(GateMatrix place, int row) {
        if (place.source() == GateMatrix.Source.HIDDEN) {
            return entries.stream()
                    .filter(e -> e.place().equals(place))
                    .mapToInt(e -> e.weights().parameter().connections(row))
                    .sum();
        }
        return input().parameter().connections(row) + recurrent().parameter().connections(row);
    }
}
