package hlstm.trainer.run;

import hlstm.trainer.layers.Pass;
import hlstm.trainer.layers.Trainable;
import hlstm.trainer.layers.Workers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a run trains, and on what: all that the training loop does not know by itself. Everything it
 * gives depends on its recipe, its data and the arguments alone, not on what was asked of it before
 * nor on the number of threads, so that a run may be broken off and resumed. Used on one thread.
 */
public interface TrainingTask {
    /** Makes the task of a run. */
    @FunctionalInterface
    interface Factory {
        /**
         * Reads the data and makes a network of zeros, or one with the weights of a trained model.
         *
         * @param workers threads to share the work, open as long as the run
         * @throws IOException if the data cannot be read
         */
        TrainingTask open(Workers workers) throws IOException;
    }

    /** What the data is, in a line: {@code 900 utterances to learn from, 100 to choose on}. */
    String dataDescription();

    /** A digest of all training and development data: a run is resumed on equal data only. */
    String dataHash();

    /** What is trained; always the same network. */
    Trainable network();

    /** The trained model that the network begins with; empty for one that begins at random. */
    default Optional<InitialModel> initialModel() {
        return Optional.empty();
    }

    /** The batches of an epoch, each an array of indices of examples; never none. */
    List<int[]> batches(int epoch);

    /**
     * The forward pass of a batch in training.
     *
     * @param examples one of {@link #batches}
     * @param epoch from 0
     */
    BatchLoss forward(int[] examples, int epoch, Pass pass);

    /** Adds the gradients of the mean loss of the last {@link #forward}, whose pass it is. */
    void backward(Pass pass);

    /**
     * Scores the network as it is on the development set, in the kinds of {@link Recipe#scores}.
     *
     * @throws IllegalArgumentException if the network gives NaN
     */
    Scores score();

    /**
     * What a user of the network as it is waits for: the exported model at work on an input of
     * usual size, at batch 1 on one thread.
     */
    TimedWork inference();

    /**
     * Writes the network as it is as a model for inference, atomically.
     *
     * @param provenance what the model says about the run it is from
     * @throws IOException if the file cannot be written
     */
    void write(Path file, Map<String, String> provenance) throws IOException;
}
