package hlstm.trainer.run;

import hlstm.runtime.CellSpec;
import hlstm.runtime.Directions;
import hlstm.runtime.GateMatrix;
import hlstm.runtime.RecurrentSpec;
import java.util.List;

/**
 * The network of a recipe for translation: an encoder, a decoder with attention, and a linear layer
 * over the target's tokens.
 *
 * @param embedding width of the embeddings of tokens
 * @param embeddingBound the elements of embeddings begin uniform between its negative and itself
 * @param width cells of a layer
 * @param encoderLayers layers that read the source
 * @param decoderLayers layers that write the target
 * @param gateHidden width of each hidden layer of a gate; none makes a plain LSTM
 * @param sharedHidden whether the four gates share their hidden layers
 * @param bidirectional whether the encoder's layers also read backwards
 * @param concatenated whether the outputs of both directions stand side by side instead of being
 *     summed, each direction with half of a layer's cells; its gate hidden layers stay as they are
 * @param attention {@code dot} or {@code general}
 * @param tiedOutput whether the output layer's matrix is that of the target's embeddings, which are
 *     then as wide as the cells
 * @param dropout share of embeddings, of layers' outputs and of attentional vectors that training
 *     drops
 * @param gateDropout share of the gates' hidden units that training drops
 * @param rectifierSlope slope of the gates' leaky ReLU until pruning starts; 0 is ReLU throughout
 * @param labelSmoothing share of each target that goes to all tokens alike
 */
public record TranslatorSettings(
        int embedding,
        double embeddingBound,
        int width,
        int encoderLayers,
        int decoderLayers,
        List<Integer> gateHidden,
        boolean sharedHidden,
        boolean bidirectional,
        boolean concatenated,
        String attention,
        boolean tiedOutput,
        double dropout,
        double gateDropout,
        double rectifierSlope,
        double labelSmoothing) {
    /** Copies the list; a {@link Recipe} checks ranges. */
    public TranslatorSettings {
        gateHidden = List.copyOf(gateHidden);
    }

    /** The cell of a layer that reads inputs of a width. */
    public CellSpec cell(int inputWidth) {
        return new CellSpec(inputWidth, width, gateHidden, sharedHidden, (float) rectifierSlope);
    }

    /** A layer of the encoder that reads inputs of a width. */
    public RecurrentSpec encoderLayer(int inputWidth) {
        if (!concatenated) {
            return new RecurrentSpec(cell(inputWidth), bidirectional);
        }
        CellSpec half =
                new CellSpec(
                        inputWidth, width / 2, gateHidden, sharedHidden, (float) rectifierSlope);
        return new RecurrentSpec(half, Directions.CONCATENATED);
    }

    /**
     * Checks what has to go together.
     *
     * @param growAndPrune its geometry of the output layer counts where it is enabled
     * @throws IllegalArgumentException if it does not
     */
    void requireTies(GrowAndPruneSettings growAndPrune) {
        String output =
                growAndPrune.enabled()
                        ? growAndPrune.geometry().output()
                        : GrowAndPruneSettings.DENSE;
        if (tiedOutput && (embedding != width || !output.equals(GrowAndPruneSettings.DENSE))) {
            throw new IllegalArgumentException(
                    ("translator.tiedOutput makes one dense matrix of the target's embeddings and the"
                                    + " output layer: expected translator.embedding equal to"
                                    + " translator.width and growAndPrune.geometry.output dense,"
                                    + " found %d, %d and %s")
                            .formatted(embedding, width, output));
        }
        if (concatenated && (!bidirectional || width % 2 != 0)) {
            throw new IllegalArgumentException(
                    ("translator.concatenated gives each direction half of a layer's cells: expected"
                                    + " translator.bidirectional=true and an even translator.width,"
                                    + " or translator.concatenated=false, found %s and %d")
                            .formatted(bidirectional, width));
        }
    }

    /**
     * Checks that every matrix has an index for each element.
     *
     * @throws IllegalArgumentException if one is too large; the message says which
     */
    void requireSizes() {
        for (GateMatrix matrix : cell(embedding + width).matrices()) {
            if ((long) matrix.rows() * matrix.columns() > Integer.MAX_VALUE) {
                throw new IllegalArgumentException(
                        ("a matrix may have %,d elements at most, but %s of the decoder would have"
                                        + " %,d x %,d: lower translator.width or"
                                        + " translator.gateHidden")
                                .formatted(
                                        Integer.MAX_VALUE,
                                        matrix.name(),
                                        matrix.rows(),
                                        matrix.columns()));
            }
        }
    }
}
