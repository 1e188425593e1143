package hlstm.trainer.layers;

import hlstm.runtime.CellSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** The parameters of an {@link AttentionDecoder}. */
final class DecoderWeights {
    private final List<CellWeights> cells = new ArrayList<>();
    private final WeightMatrix keys;
    private final WeightMatrix combine;

    /** All matrices of the cells, in a fixed order. */
    private final List<WeightMatrix> matrices = new ArrayList<>();

    private final List<Parameter> parameters = new ArrayList<>();

    /**
     * Dense weights of zero.
     *
     * @param firstLayer the number of the first cell's layer within the network
     * @param general whether there is a matrix between both vectors of a score
     */
    DecoderWeights(int firstLayer, List<CellSpec> specs, boolean general) {
        for (int n = 0; n < specs.size(); n++) {
            String prefix = "layers.%d.forward.".formatted(firstLayer + n);
            CellWeights cell = new CellWeights(prefix, specs.get(n));
            cells.add(cell);
            cell.entries().forEach(entry -> matrices.add(entry.weights()));
            parameters.addAll(cell.parameters());
        }
        int width = specs.getLast().width();
        keys = general ? matrix("attention.keys", width, width) : null;
        combine = matrix("attention.combine", width, 2 * width);
    }

    private WeightMatrix matrix(String name, int rows, int columns) {
        Parameter parameter = new Parameter(name, Parameter.Kind.ATTENTION, rows, columns);
        parameters.add(parameter);
        return new WeightMatrix(parameter);
    }

    /** The cells from the bottom to the top. */
    List<CellWeights> cells() {
        return cells;
    }

    /** What the source's vectors are multiplied with before they are scored; null for none. */
    WeightMatrix keys() {
        return keys;
    }

    WeightMatrix combine() {
        return combine;
    }

    /** The matrices of all cells. */
    List<WeightMatrix> cellMatrices() {
        return matrices;
    }

    List<Parameter> parameters() {
        return parameters;
    }

    /** Cells as those of recurrent layers; other rows of variance 1 / connections. */
    void initialise(RandomGenerator random) {
        cells.forEach(cell -> cell.initialise(random));
        attention().forEach(matrix -> matrix.parameter().initialise(random));
    }

    /** Takes over the values of a batch's forward pass. */
    void refresh(Workers workers) {
        List<WeightMatrix> all = all();
        workers.run(all.size(), k -> all.get(k).refresh());
    }

    /** Takes over the values of a batch's backward pass. */
    void refreshTranspose(Workers workers) {
        List<WeightMatrix> all = all();
        workers.run(all.size(), k -> all.get(k).refreshTranspose());
    }

    private List<WeightMatrix> all() {
        List<WeightMatrix> all = new ArrayList<>(matrices);
        all.addAll(attention());
        return all;
    }

    private List<WeightMatrix> attention() {
        return keys == null ? List.of(combine) : List.of(keys, combine);
    }
}
