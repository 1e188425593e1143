package hlstm.trainer.metrics;

/**
 * BLEU of captions, as pycocoevalcap computes it for a corpus and for an image: like {@link
 * MultiBleu}, but with 1e-15 added to matches and 1e-9 to totals, so that an order without a match
 * makes the score small instead of 0.
 */
public final class CocoBleu {
    private static final double TINY = 1e-15;
    private static final double SMALL = 1e-9;

    private CocoBleu() {}

    /** BLEU with n-grams of 1 to {@code order} words, a fraction in [0, 1]. */
    public static double score(BleuCounts counts, int order) {
        double product = 1;
        for (int n = 1; n <= order; n++) {
            product *= (counts.matches(n) + TINY) / (counts.totals(n) + SMALL);
        }
        double score = Math.pow(product, 1.0 / order);
        double ratio = (counts.hypothesisLength() + TINY) / (counts.referenceLength() + SMALL);
        return ratio < 1 ? score * Math.exp(1 - 1 / ratio) : score;
    }
}
