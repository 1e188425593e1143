package hlstm.trainer.run;

import hlstm.runtime.CellSpec;
import hlstm.runtime.GateMatrix;
import java.util.List;

/**
 * The network of a recipe: a stack of recurrent layers and a linear layer over the alphabet.
 *
 * @param layers recurrent layers
 * @param width cells of a layer
 * @param gateHidden width of each hidden layer of a gate; none makes a plain LSTM
 * @param sharedHidden whether the four gates share their hidden layers
 * @param bidirectional whether each layer also reads its input backwards; the directions are summed
 * @param batchNorm whether batch norm comes before each layer but the first, and before the output
 * @param dropout share of a layer's outputs that training drops
 * @param gateDropout share of the gates' hidden units that training drops
 * @param rectifierSlope slope of the gates' leaky ReLU until pruning starts; 0 is ReLU throughout
 */
public record NetworkSettings(
        int layers,
        int width,
        List<Integer> gateHidden,
        boolean sharedHidden,
        boolean bidirectional,
        boolean batchNorm,
        double dropout,
        double gateDropout,
        double rectifierSlope) {
    /** Copies the list; a {@link Recipe} checks ranges. */
    public NetworkSettings {
        gateHidden = List.copyOf(gateHidden);
    }

    /** The cell of the first layer, or of one above it. */
    CellSpec cell(int inputWidth) {
        return new CellSpec(inputWidth, width, gateHidden, sharedHidden, (float) rectifierSlope);
    }

    /**
     * Checks that every matrix has an index for each element.
     *
     * @throws IllegalArgumentException if one is too large; the message says which
     */
    void requireSizes(int inputWidth) {
        for (GateMatrix matrix : cell(inputWidth).matrices()) {
            if ((long) matrix.rows() * matrix.columns() > Integer.MAX_VALUE) {
                throw new IllegalArgumentException(
                        ("a matrix may have %,d elements at most, but %s of the first layer would"
                                        + " have %,d x %,d: lower network.width, network.gateHidden"
                                        + " or the width of the features")
                                .formatted(
                                        Integer.MAX_VALUE,
                                        matrix.name(),
                                        matrix.rows(),
                                        matrix.columns()));
            }
        }
    }
}
