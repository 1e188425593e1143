package hlstm.bench.transcription;

import hlstm.runtime.ConvolutionSpec;
import hlstm.runtime.LayerSpec;
import hlstm.runtime.LinearSpec;
import hlstm.runtime.RecurrentSpec;
import hlstm.runtime.RowConvolutionSpec;

/** What a transcription is made of, in this order. */
enum Stage {
    /** From samples to bands, at the model's sample rate. */
    FEATURES("features"),
    /** Those before the recurrent layers, and the row convolution that looks ahead. */
    CONVOLUTIONS("convolutions"),
    /** LSTM and H-LSTM layers, batch norm within them. */
    RECURRENT("recurrent layers"),
    /** Scores of the symbols. */
    OUTPUT("output layer"),
    /** From scores to text. */
    DECODING("decoding");

    private final String label;

    Stage(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    /** The stage that a layer belongs to. */
    static Stage of(LayerSpec layer) {
        return switch (layer) {
            case ConvolutionSpec convolution -> CONVOLUTIONS;
            case RowConvolutionSpec lookahead -> CONVOLUTIONS;
            case RecurrentSpec recurrent -> RECURRENT;
            case LinearSpec linear -> OUTPUT;
        };
    }
}
