package hlstm.trainer.metrics;

import java.util.Locale;

/**
 * BLEU of text that is split into words already, as {@code multi-bleu.perl} of Moses computes it:
 * brevity penalty times geometric mean of the precisions, without smoothing.
 */
public final class MultiBleu {
    private MultiBleu() {}

    /**
     * BLEU with n-grams of 1 to {@code order} words, a fraction in [0, 1]; 0 if an order has no
     * match. Moses reports order 4.
     */
    public static double score(BleuCounts counts, int order) {
        double logarithms = 0;
        for (int n = 1; n <= order; n++) {
            logarithms += Math.log(counts.precision(n));
        }
        return counts.brevityPenalty() * Math.exp(logarithms / order);
    }

    /** The line that Moses prints. */
    public static String line(BleuCounts counts) {
        double ratio =
                counts.referenceLength() == 0
                        ? 0
                        : (double) counts.hypothesisLength() / counts.referenceLength();
        return String.format(
                Locale.ROOT,
                "BLEU = %.2f, %.1f/%.1f/%.1f/%.1f (BP=%.3f, ratio=%.3f, hyp_len=%d, ref_len=%d)",
                100 * score(counts, BleuCounts.ORDER),
                100 * counts.precision(1),
                100 * counts.precision(2),
                100 * counts.precision(3),
                100 * counts.precision(4),
                counts.brevityPenalty(),
                ratio,
                counts.hypothesisLength(),
                counts.referenceLength());
    }
}
