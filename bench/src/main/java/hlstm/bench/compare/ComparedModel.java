package hlstm.bench.compare;

/**
 * A trained model, held against others.
 *
 * @param name of its run
 * @param network cell, size and geometry
 * @param gateWeights of its gate matrices
 * @param modelBytes of its file
 * @param score on the development set: a WER, BLEU or CIDEr-D in percent
 * @param p50Micros median of what a user waits for
 * @param p99Micros its 99th percentile
 */
record ComparedModel(
        String name,
        String network,
        long gateWeights,
        long modelBytes,
        double score,
        double p50Micros,
        double p99Micros) {}
