package hlstm.trainer.run;

import hlstm.runtime.CellSpec;
import hlstm.runtime.ConvolutionSpec;
import hlstm.runtime.GateMatrix;
import java.util.List;

/**
 * The network of a recipe: convolutions if wanted, a stack of recurrent layers and a linear layer
 * over the alphabet.
 *
 * @param frontEnd convolutions before the recurrent layers
 * @param layers recurrent layers
 * @param width cells of a layer
 * @param gateHidden width of each hidden layer of a gate; none makes a plain LSTM
 * @param sharedHidden whether the four gates share their hidden layers
 * @param bidirectional whether each layer also reads its input backwards; the directions are summed
 * @param lookahead steps that a row convolution above the recurrent layers looks ahead; 0 is none
 * @param batchNorm whether batch norm comes before each layer but the first, and before the output
 * @param dropout share of a layer's outputs that training drops
 * @param gateDropout share of the gates' hidden units that training drops
 * @param rectifierSlope slope of the gates' leaky ReLU until pruning starts; 0 is ReLU throughout
 */
public record NetworkSettings(
        FrontEndSettings frontEnd,
        int layers,
        int width,
        List<Integer> gateHidden,
        boolean sharedHidden,
        boolean bidirectional,
        int lookahead,
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

    /** Features of a step that the first recurrent layer reads. */
    int recurrentInputWidth(int inputWidth) {
        List<ConvolutionSpec> convolutions = frontEnd.convolutions(inputWidth);
        return convolutions.isEmpty() ? inputWidth : convolutions.getLast().outputWidth();
    }

    /**
     * Checks that convolutions fit the features, and that every matrix has an index for each
     * element.
     *
     * @throws IllegalArgumentException if not; the message says which
     */
    void requireSizes(int inputWidth) {
        for (GateMatrix matrix : cell(recurrentInputWidth(inputWidth)).matrices()) {
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
