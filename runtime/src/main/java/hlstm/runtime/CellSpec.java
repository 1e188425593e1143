package hlstm.runtime;

import java.util.ArrayList;
import java.util.List;

/**
 * The shape of an LSTM cell whose gates may have hidden layers of their own (an H-LSTM), in one
 * direction. With no hidden layer it is a plain LSTM.
 *
 * <p>The gates are computed level by level. Level 0 is an affine map of the input x and of the
 * previous output h; each further level is an affine map of the rectified level before it; the last
 * level holds the pre-activations of the gates i, f, g, o, in this order, {@code width} each. Gates
 * have hidden layers of their own, stacked in the same order, or {@linkplain #sharedHidden share}
 * one.
 *
 * @param inputWidth width of x
 * @param width width of the cell state c and of the output h
 * @param hiddenWidths width of each hidden layer of a gate; empty for a plain LSTM
 * @param sharedHidden whether the four gates share their hidden layers
 * @param rectifierSlope slope of the leaky ReLU on negative inputs; 0 is ReLU
 */
public record CellSpec(
        int inputWidth,
        int width,
        List<Integer> hiddenWidths,
        boolean sharedHidden,
        float rectifierSlope) {
    /** Number of gates: i, f, g, o. */
    public static final int GATES = 4;

    /** Labels of the gates in the order in which every tensor holds them. */
    public static final List<String> GATE_LABELS = List.of("i", "f", "g", "o");

    /** Checks the widths and the slope. */
    public CellSpec {
        hiddenWidths = List.copyOf(hiddenWidths);
        if (inputWidth < 1 || width < 1 || hiddenWidths.stream().anyMatch(h -> h < 1)) {
            throw new IllegalArgumentException(
                    "widths must be positive: input %d, cell %d, gate hidden layers %s"
                            .formatted(inputWidth, width, hiddenWidths));
        }
        if (!(rectifierSlope >= 0 && rectifierSlope < 1)) {
            throw new IllegalArgumentException(
                    "the rectifier's slope must lie in [0, 1), found " + rectifierSlope);
        }
    }

    /** Number of levels: gate hidden layers plus one. */
    public int levels() {
        return hiddenWidths.size() + 1;
    }

    /** Rows of a level's output, all gates together. */
    public int levelWidth(int level) {
        if (level == hiddenWidths.size()) {
            return GATES * width;
        }
        return hiddenWidths.get(level) * (sharedHidden ? 1 : GATES);
    }

    /** The weight matrices of a cell in the order in which they are applied and stored. */
    public List<GateMatrix> matrices() {
        List<GateMatrix> matrices = new ArrayList<>();
        int first = levelWidth(0);
        matrices.add(
                new GateMatrix(
                        "gates.0.input", GateMatrix.Source.INPUT, 0, first, inputWidth, 0, 0));
        matrices.add(
                new GateMatrix(
                        "gates.0.recurrent", GateMatrix.Source.RECURRENT, 0, first, width, 0, 0));
        for (int level = 1; level < levels(); level++) {
            int columns = hiddenWidths.get(level - 1);
            if (sharedHidden) {
                matrices.add(
                        new GateMatrix(
                                "gates." + level,
                                GateMatrix.Source.HIDDEN,
                                level,
                                levelWidth(level),
                                columns,
                                0,
                                0));
                continue;
            }
            int rows = levelWidth(level) / GATES;
            for (int gate = 0; gate < GATES; gate++) {
                matrices.add(
                        new GateMatrix(
                                "gates." + level + "." + GATE_LABELS.get(gate),
                                GateMatrix.Source.HIDDEN,
                                level,
                                rows,
                                columns,
                                gate * columns,
                                gate * rows));
            }
        }
        return matrices;
    }

    /** Weights of the cell if every matrix were dense, without biases. */
    public long denseWeights() {
        return matrices().stream().mapToLong(m -> (long) m.rows() * m.columns()).sum();
    }
}
