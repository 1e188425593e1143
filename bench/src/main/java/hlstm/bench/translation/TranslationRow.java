package hlstm.bench.translation;

/**
 * What was measured of a runtime.
 *
 * @param tokens size of the vocabulary: few tell what recurrence and attention take alone
 * @param runtime its name
 * @param weights of the gate matrices
 * @param sentences number of sentences
 * @param p50Micros median time of a sentence
 * @param p99Micros 99th percentile; of fewer than 100 sentences the longest
 * @param p50MicrosPerToken median time of a sentence over the steps of the decoder
 * @param p99MicrosPerToken its 99th percentile over the steps of the decoder
 */
record TranslationRow(
        int tokens,
        String runtime,
        long weights,
        long sentences,
        double p50Micros,
        double p99Micros,
        double p50MicrosPerToken,
        double p99MicrosPerToken) {}
