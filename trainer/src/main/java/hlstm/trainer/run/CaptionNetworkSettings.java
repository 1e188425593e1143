package hlstm.trainer.run;

import hlstm.runtime.CellSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * The network of a captioning recipe: image and words become vectors, a stack of recurrent layers
 * reads them, a linear layer scores words.
 *
 * @param embedding width of the vectors
 * @param layers recurrent layers
 * @param width cells of a layer
 * @param gateHidden width of each hidden layer of a gate; none makes a plain LSTM
 * @param sharedHidden whether the four gates share their hidden layers
 * @param inputDropout share of the vectors' features that training drops
 * @param dropout share of a layer's outputs that training drops
 * @param gateDropout share of the gates' hidden units that training drops
 * @param rectifierSlope slope of the gates' leaky ReLU until pruning starts; 0 is ReLU throughout
 */
public record CaptionNetworkSettings(
        int embedding,
        int layers,
        int width,
        List<Integer> gateHidden,
        boolean sharedHidden,
        double inputDropout,
        double dropout,
        double gateDropout,
        double rectifierSlope) {
    /** Copies the list; a {@link Recipe} checks ranges. */
    public CaptionNetworkSettings {
        gateHidden = List.copyOf(gateHidden);
    }

    /** The cells of the layers, from the first to the last. */
    List<CellSpec> cells() {
        List<CellSpec> cells = new ArrayList<>();
        for (int n = 0; n < layers; n++) {
            cells.add(
                    new CellSpec(
                            n == 0 ? embedding : width,
                            width,
                            gateHidden,
                            sharedHidden,
                            (float) rectifierSlope));
        }
        return cells;
    }
}
