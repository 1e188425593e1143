package hlstm.bench.training;

/**
 * The network and the batch that training is timed with: bidirectional H-LSTM layers, each gate
 * with a hidden layer as wide as the cell, batch norm between them, a linear layer, CTC.
 *
 * @param layers recurrent layers
 * @param width cells of a layer
 * @param inputs features of an input step
 * @param outputs symbols, the blank included
 * @param sequences of a batch, all of the same length
 * @param steps of a sequence
 * @param epochSteps steps of all sequences of an epoch
 */
record TrainingShape(
        int layers, int width, int inputs, int outputs, int sequences, int steps, long epochSteps) {
    /**
     * Three layers of 800 on the 672 features that the convolutions of DeepSpeech2 leave, and the
     * steps of 20 ms in the 848 utterances of AN4 that training is given.
     */
    static final TrainingShape AN4 = new TrainingShape(3, 800, 672, 29, 16, 100, 114_000);

    /** Steps of a batch. */
    int batchSteps() {
        return sequences * steps;
    }

    /** Batches of an epoch, not rounded. */
    double epochBatches() {
        return (double) epochSteps / batchSteps();
    }
}
