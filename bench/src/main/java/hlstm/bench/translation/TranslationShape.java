package hlstm.bench.translation;

/**
 * What is translated by which networks.
 *
 * @param width of the embeddings and of a layer's output in both networks
 * @param layers of the dense stack's encoder, in both directions, and of its decoder
 * @param gateHidden width of the gates' hidden layer in the H-LSTM, which has a layer on each side
 * @param sparseWeights of its gate matrices
 * @param sourceSteps tokens of a source
 * @param targetSteps steps of the decoder
 */
record TranslationShape(
        int width,
        int layers,
        int gateHidden,
        long sparseWeights,
        int sourceSteps,
        int targetSteps) {}
