package hlstm.trainer.metrics;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * BLEU of text that is split into words already, as {@code multi-bleu.perl} of Moses computes it:
 * brevity penalty times geometric mean of the precisions, without smoothing.
 */
public final class MultiBleu {
    private static final Pattern ASCII_SPACES = Pattern.compile("[ \\t\\n\\x0b\\f\\r]+");

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

    /**
     * The words of a line as Perl splits bytes: at spaces of ASCII alone, so that a no-break space
     * is part of a word.
     */
    public static List<String> words(String line) {
        return ASCII_SPACES.splitAsStream(line).filter(word -> !word.isEmpty()).toList();
    }

    /** The line that Moses prints. */
    public static String line(BleuCounts counts) {
        if (counts.referenceLength() == 0) {
            return "BLEU = 0, 0/0/0/0 (BP=0, ratio=0, hyp_len=0, ref_len=0)";
        }
        double ratio = (double) counts.hypothesisLength() / counts.referenceLength();
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
