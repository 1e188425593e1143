package hlstm.trainer.metrics;

import java.util.Locale;

/**
 * BLEU as sacrebleu computes it (M. Post, "A Call for Clarity in Reporting BLEU Scores", WMT 2018),
 * from 0 to 100. The defaults of its command line are {@link #CORPUS} and {@link
 * Tokenization#V13A}, of its function for one sentence {@link #SENTENCE}.
 *
 * @param smoothing what stands in for an order without a match
 * @param floor with {@link Smoothing#FLOOR} the matches of such an order
 * @param effectiveOrder whether orders that are longer than the hypothesis are left out
 */
public record SacreBleu(Smoothing smoothing, double floor, boolean effectiveOrder) {
    /** For a corpus: exponential smoothing, all four orders. */
    public static final SacreBleu CORPUS = new SacreBleu(Smoothing.EXP, 0, false);

    /** For a sentence: exponential smoothing, and no order longer than the sentence. */
    public static final SacreBleu SENTENCE = new SacreBleu(Smoothing.EXP, 0, true);

    /**
     * Smoothing of orders without a match (B. Chen and C. Cherry, "A Systematic Comparison of
     * Smoothing Techniques for Sentence-Level BLEU", WMT 2014).
     */
    public enum Smoothing {
        /** None: the score is 0. */
        NONE,
        /** A fixed number of matches (method 1). */
        FLOOR,
        /** Half a match for the first such order, a quarter for the next and so on (method 3). */
        EXP
    }

    /** The score, 0 to 100; 0 if not even a word matches. */
    public double score(BleuCounts counts) {
        if (counts.matches(1) == 0) {
            return 0;
        }
        double[] precisions = precisions(counts);
        int orders = BleuCounts.ORDER;
        while (effectiveOrder && counts.totals(orders) == 0) {
            orders--;
        }
        double logarithms = 0;
        for (int n = 0; n < orders; n++) {
            logarithms += Math.log(precisions[n]);
        }
        return counts.brevityPenalty() * Math.exp(logarithms / orders);
    }

    /** The precisions of the four orders after smoothing, 0 to 100; all 0 if no word matches. */
    private double[] precisions(BleuCounts counts) {
        double[] precisions = new double[BleuCounts.ORDER];
        double share = 1;
        for (int n = 1; n <= BleuCounts.ORDER && counts.matches(1) > 0; n++) {
            if (counts.totals(n) == 0) {
                break;
            }
            double matches = counts.matches(n);
            if (matches == 0) {
                share /= 2;
                matches =
                        switch (smoothing) {
                            case NONE -> 0;
                            case FLOOR -> floor;
                            case EXP -> share;
                        };
            }
            precisions[n - 1] = 100 * matches / counts.totals(n);
        }
        return precisions;
    }

    /** The line that sacrebleu prints, without the signature. */
    public String line(BleuCounts counts) {
        double[] precisions = precisions(counts);
        double ratio =
                counts.referenceLength() == 0
                        ? 0
                        : (double) counts.hypothesisLength() / counts.referenceLength();
        return String.format(
                Locale.ROOT,
                "BLEU = %.2f %.1f/%.1f/%.1f/%.1f (BP = %.3f ratio = %.3f hyp_len = %d ref_len = %d)",
                score(counts),
                precisions[0],
                precisions[1],
                precisions[2],
                precisions[3],
                counts.brevityPenalty(),
                ratio,
                counts.hypothesisLength(),
                counts.referenceLength());
    }

    /**
     * The signature that says how a score came about, in sacrebleu's form; {@code version} says
     * that this program computed it.
     *
     * @param references how many there are for each sentence; 0 if their number varies
     */
    public String signature(int references, Tokenization tokenization, String version) {
        String smooth =
                smoothing == Smoothing.FLOOR
                        ? String.format(Locale.ROOT, "floor[%.2f]", floor)
                        : smoothing.name().toLowerCase(Locale.ROOT);
        return "nrefs:%s|case:mixed|eff:%s|tok:%s|smooth:%s|version:%s"
                .formatted(
                        references == 0 ? "var" : Integer.toString(references),
                        effectiveOrder ? "yes" : "no",
                        tokenization,
                        smooth,
                        version);
    }
}
