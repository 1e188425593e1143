package hlstm.trainer.run;

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
    /** Checks the ranges. */
    public NetworkSettings {
        gateHidden = List.copyOf(gateHidden);
        Check.atLeast("layers", layers, 1);
        Check.atLeast("width", width, 1);
        for (int hidden : gateHidden) {
            Check.atLeast("gateHidden", hidden, 1);
        }
        Check.share("dropout", dropout);
        Check.share("gateDropout", gateDropout);
        Check.share("rectifierSlope", rectifierSlope);
    }
}
