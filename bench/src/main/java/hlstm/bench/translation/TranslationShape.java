package hlstm.bench.translation;

/**
 * What is translated by which networks.
 *
 * @param width of the dense stack's embeddings and cells
 * @param layers of its encoder, in both directions, and of its decoder
 * @param sparseWidth of the H-LSTM's embeddings and cells, one layer on each side
 * @param sparseWeights of its gate matrices
 * @param sourceSteps tokens of a source
 * @param targetSteps steps of the decoder
 */
record TranslationShape(
        int width,
        int layers,
        int sparseWidth,
        long sparseWeights,
        int sourceSteps,
        int targetSteps) {}
