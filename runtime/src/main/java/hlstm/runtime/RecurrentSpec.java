package hlstm.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A recurrent layer: an LSTM or H-LSTM cell that runs over a sequence, or two of the same shape
 * with weights of their own, one from each end.
 *
 * @param cell the cell of each direction
 * @param directions whether there is a second one, and how their outputs come together
 */
public record RecurrentSpec(CellSpec cell, Directions directions) implements LayerSpec {
    /** Most hidden layers of a gate. */
    public static final int MAX_HIDDEN_LAYERS = 16;

    /** Checks the widths. */
    public RecurrentSpec {
        Objects.requireNonNull(directions, "directions");
        if (cell.hiddenWidths().size() > MAX_HIDDEN_LAYERS) {
            throw new IllegalArgumentException(
                    "a gate may have %d hidden layers at most, found %d"
                            .formatted(MAX_HIDDEN_LAYERS, cell.hiddenWidths().size()));
        }
        checkWidth("the input", cell.inputWidth());
        checkWidth("a cell", cell.width());
        cell.hiddenWidths().forEach(width -> checkWidth("a gate's hidden layer", width));
        checkWidth("the output of both directions", directions.outputWidth(cell.width()));
    }

    /**
     * A layer in one direction or in both, whose outputs are added.
     *
     * @param cell the cell of each direction
     * @param bidirectional whether there is a second direction
     */
    public RecurrentSpec(CellSpec cell, boolean bidirectional) {
        this(cell, bidirectional ? Directions.SUMMED : Directions.FORWARD);
    }

    /** Whether there is a second direction. */
    public boolean bidirectional() {
        return directions.both();
    }

    @Override
    public int inputWidth() {
        return cell.inputWidth();
    }

    @Override
    public int outputWidth() {
        return directions.outputWidth(cell.width());
    }

    @Override
    public List<TensorSpec> matrices() {
        List<TensorSpec> matrices = new ArrayList<>();
        for (String direction : directions.names()) {
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
        for (String direction : directions.names()) {
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
