package hlstm.runtime;

import java.util.ArrayList;
import java.util.List;

/**
 * A recurrent layer: an LSTM or H-LSTM cell that runs over a sequence, or two of the same shape
 * with weights of their own, one from each end, whose outputs are added.
 *
 * @param cell the cell of each direction
 * @param bidirectional whether there is a second direction
 */
public record RecurrentSpec(CellSpec cell, boolean bidirectional) implements LayerSpec {
    /** Most hidden layers of a gate. */
    public static final int MAX_HIDDEN_LAYERS = 16;

    /** Checks the widths. */
    public RecurrentSpec {
        if (cell.hiddenWidths().size() > MAX_HIDDEN_LAYERS) {
            throw new IllegalArgumentException(
                    "a gate may have %d hidden layers at most, found %d"
                            .formatted(MAX_HIDDEN_LAYERS, cell.hiddenWidths().size()));
        }
        checkWidth("the input", cell.inputWidth());
        checkWidth("a cell", cell.width());
        cell.hiddenWidths().forEach(width -> checkWidth("a gate's hidden layer", width));
    }

    @Override
    public int inputWidth() {
        return cell.inputWidth();
    }

    @Override
    public int outputWidth() {
        return cell.width();
    }

    /** The names of the directions in tensor names. */
    public List<String> directions() {
        return bidirectional ? List.of("forward", "backward") : List.of("forward");
    }

    @Override
    public List<TensorSpec> matrices() {
        List<TensorSpec> matrices = new ArrayList<>();
        for (String direction : directions()) {
            for (GateMatrix matrix : cell.matrices()) {
                matrices.add(
                        new TensorSpec(matrix.name(), matrix.rows(), matrix.columns())
                                .within(direction));
            }
        }
        return matrices;
    }

    @Override
    public List<TensorSpec> biases() {
        List<TensorSpec> biases = new ArrayList<>();
        for (String direction : directions()) {
            for (int level = 0; level < cell.levels(); level++) {
                biases.add(
                        new TensorSpec(biasName(level), cell.levelWidth(level), 1)
                                .within(direction));
            }
        }
        return biases;
    }

    /** The name, within a cell, of the bias of a level of its gates. */
    static String biasName(int level) {
        return "gates." + level + ".bias";
    }

    private static void checkWidth(String what, int width) {
        if (width > MAX_WIDTH) {
            throw new IllegalArgumentException(
                    "%s may be %d wide at most, found %d".formatted(what, MAX_WIDTH, width));
        }
    }
}
