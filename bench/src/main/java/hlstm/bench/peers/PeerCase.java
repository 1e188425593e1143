package hlstm.bench.peers;

import hlstm.bench.LstmStack;
import hlstm.bench.RandomModels;
import hlstm.runtime.ModelBuilder;
import hlstm.sparse.Geometry;
import java.util.List;

/**
 * An application of the published method: a sparse H-LSTM and the dense LSTM stack that it stands
 * in for. Weights are those of the gate matrices, on the input, on the previous output and on the
 * gates' hidden layers; there are neither embeddings nor convolutions nor an output layer. They are
 * random: only the time counts.
 *
 * @param name in tables
 * @param inputWidth width of an input step
 * @param width of all layers of both networks
 * @param hlstmLayers layers of the H-LSTM, each gate with a hidden layer as wide as the cell
 * @param hlstmWeights weights of the H-LSTM, as published
 * @param lstmLayers layers of the stack
 * @param bidirectional whether layers have two directions, whose outputs are added
 * @param steps 1 for single steps with a state; the length of whole sequences otherwise
 */
public record PeerCase(
        String name,
        int inputWidth,
        int width,
        int hlstmLayers,
        long hlstmWeights,
        int lstmLayers,
        boolean bidirectional,
        int steps) {
    private static final long SEED = 7;

    private static final PeerCase CAPTIONING_STEP =
            new PeerCase("captioning-step", 512, 512, 1, 163_000, 3, false, 1);
    private static final PeerCase SPEECH_SEQUENCE =
            new PeerCase("speech-sequence", 672, 800, 3, 2_600_000, 5, true, 100);

    /** One step of the encoder and one of the decoder: a layer each, or two of the stack. */
    private static final PeerCase TRANSLATION_STEP =
            new PeerCase("translation-step", 500, 500, 2, 740_000, 4, false, 1);

    /** The cases of the table, one for each application. */
    public static final List<PeerCase> APPLICATIONS =
            List.of(CAPTIONING_STEP, SPEECH_SEQUENCE, TRANSLATION_STEP);

    /** All cases. */
    public static final List<PeerCase> ALL =
            List.of(
                    CAPTIONING_STEP,
                    SPEECH_SEQUENCE,
                    TRANSLATION_STEP,
                    CAPTIONING_STEP.asSequence("captioning-sequence", 100),
                    TRANSLATION_STEP.asSequence("translation-sequence", 100));

    private PeerCase asSequence(String sequenceName, int sequenceSteps) {
        return new PeerCase(
                sequenceName,
                inputWidth,
                width,
                hlstmLayers,
                hlstmWeights,
                lstmLayers,
                bidirectional,
                sequenceSteps);
    }

    /** The dense stack. */
    public LstmStack stack() {
        return LstmStack.random(inputWidth, width, lstmLayers, bidirectional, SEED);
    }

    /** The H-LSTM, with its connections in this geometry. */
    public ModelBuilder hlstm(Geometry geometry) {
        return RandomModels.hlstm(
                inputWidth, width, hlstmLayers, bidirectional, geometry, hlstmWeights);
    }

    /** What is held against what, in one line. */
    public String description() {
        String directions = bidirectional ? " bidirectional" : "";
        return "%s: %s; H-LSTM %d x %d%s, %,d weights, against LSTM %d x %d%s; inputs of %d"
                .formatted(
                        name,
                        steps == 1 ? "one step" : "a sequence of %d steps".formatted(steps),
                        hlstmLayers,
                        width,
                        directions,
                        hlstmWeights,
                        lstmLayers,
                        width,
                        directions,
                        inputWidth);
    }
}
