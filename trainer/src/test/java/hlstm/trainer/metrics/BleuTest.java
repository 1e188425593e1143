package hlstm.trainer.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The counts, and the three formulas made of them, on cases computed by hand. */
class BleuTest {
    /** A few roundings of sums and roots of order 1 (of order 100 where scores are percent). */
    private static final double ROUNDING = 1e-14;

    private static final double IN_PERCENT = 100 * ROUNDING;

    @Test
    void clipsAnNGramAtTheReferenceThatHasItMostOften() {
        BleuCounts counts =
                counts(
                        "the the the the the the the",
                        "the cat is on the mat",
                        "there is a cat on the mat");
        assertEquals(2, counts.matches(1));
        assertEquals(7, counts.totals(1));
        assertEquals(0, counts.matches(2));
        assertEquals(6, counts.totals(2));
        assertEquals(4, counts.totals(4));
        assertEquals(7, counts.referenceLength());
        assertEquals(2.0 / 7, counts.precision(1));
    }

    @Test
    void countsRepeatedNGramsOfSeveralWords() {
        BleuCounts counts = counts("a b a b a b", "a b a b c", "b a");
        assertEquals(4, counts.matches(1));
        assertEquals(2 + 1, counts.matches(2)); // a b twice, b a once
        assertEquals(5, counts.totals(2));
        assertEquals(1 + 1, counts.matches(3)); // a b a, b a b
        assertEquals(1, counts.matches(4));
        assertEquals(3, counts.totals(4));
    }

    @Test
    void takesTheClosestLengthAndTheShorterOfTwo() {
        assertEquals(4, counts("a b c d e", "a b c d e f", "a b c d").referenceLength());
        assertEquals(4, counts("a b c d e", "a b c d", "a b c d e f").referenceLength());
        assertEquals(6, counts("a b c d e", "a b", "a b c d e f").referenceLength());
        assertThrows(IllegalArgumentException.class, () -> BleuCounts.of(List.of(), List.of("a")));
    }

    @Test
    void penalisesBrevityOverTheCorpusOnly() {
        BleuCounts brief = counts("a b c d", "a b c d e");
        assertEquals(Math.exp(1 - 5.0 / 4), brief.brevityPenalty());
        assertEquals(Math.exp(-0.25), MultiBleu.score(brief, 4), ROUNDING);
        BleuCounts both = brief.plus(counts("f g h i j k", "f g h i j"));
        assertEquals(1, both.brevityPenalty());
        double precisions = 9.0 / 10 * (7.0 / 8) * (5.0 / 6) * (3.0 / 4);
        assertEquals(Math.pow(precisions, 0.25), MultiBleu.score(both, 4), ROUNDING);
        assertEquals(Math.sqrt(9.0 / 10 * 7 / 8), MultiBleu.score(both, 2), ROUNDING);
    }

    @Test
    void printsTheLineOfMoses() {
        assertEquals(
                "BLEU = 77.88, 100.0/100.0/100.0/100.0 (BP=0.779, ratio=0.800, hyp_len=4, ref_len=5)",
                MultiBleu.line(counts("a b c d", "a b c d e")));
        assertEquals(
                "BLEU = 0.00, 0.0/0.0/0.0/0.0 (BP=0.000, ratio=0.000, hyp_len=0, ref_len=2)",
                MultiBleu.line(counts("", "a b")));
    }

    @Test
    void withoutAMatchOfFourWordsOnlySmoothedScoresAreLeft() {
        BleuCounts counts = counts("a b c d", "a b x y");
        assertEquals(0, MultiBleu.score(counts, 4));
        assertEquals(0, new SacreBleu(SacreBleu.Smoothing.NONE, 0, false).score(counts));
        // Halves of a match: 1/2 of 2 for three words, 1/4 of 1 for four.
        double exp = Math.pow(0.5 * (1.0 / 3) * 0.25 * 0.25, 0.25);
        assertEquals(100 * exp, SacreBleu.CORPUS.score(counts), IN_PERCENT);
        double floor = Math.pow(0.5 * (1.0 / 3) * 0.05 * 0.1, 0.25);
        assertEquals(
                100 * floor,
                new SacreBleu(SacreBleu.Smoothing.FLOOR, 0.1, false).score(counts),
                IN_PERCENT);
        // pycocoevalcap: 1e-15 for a match; 1e-9 on totals moves the score by less than 1e-9.
        double tiny = Math.pow(0.5 * (1.0 / 3) * (1e-15 / 2) * 1e-15, 0.25);
        assertEquals(tiny, CocoBleu.score(counts, 4), 1e-9 * tiny);
        assertEquals(Math.sqrt(0.5 / 3), CocoBleu.score(counts, 2), 1e-9);
    }

    @Test
    void effectiveOrderLeavesOutWhatIsLongerThanTheSentence() {
        BleuCounts counts = counts("a b", "a b");
        assertEquals(0, SacreBleu.CORPUS.score(counts));
        assertEquals(100, SacreBleu.SENTENCE.score(counts), IN_PERCENT);
        assertEquals(0, SacreBleu.SENTENCE.score(counts("a b", "c d")));
        assertEquals(0, SacreBleu.SENTENCE.score(counts("", "c d")));
    }

    @Test
    void theSignatureSaysHowTheScoreCameAbout() {
        assertEquals(
                "nrefs:2|case:mixed|eff:no|tok:13a|smooth:exp|version:x",
                SacreBleu.CORPUS.signature(2, Tokenization.V13A, "x"));
        assertEquals(
                "nrefs:var|case:mixed|eff:yes|tok:none|smooth:floor[0.10]|version:x",
                new SacreBleu(SacreBleu.Smoothing.FLOOR, 0.1, true)
                        .signature(0, Tokenization.NONE, "x"));
    }

    @Test
    void breaksDownByTheLengthOfTheReference() {
        LengthBreakdown breakdown = new LengthBreakdown(2);
        breakdown.add(counts("a b", "a b"));
        breakdown.add(counts("a", "a"));
        breakdown.add(counts("a b", "a b c"));
        breakdown.add(counts("a", ""));
        assertEquals(List.of(0, 1, 3), List.copyOf(breakdown.buckets().keySet()));
        assertEquals(1, breakdown.buckets().get(0).sentences());
        assertEquals(0, breakdown.last(0));
        assertEquals(2, breakdown.buckets().get(1).sentences());
        assertEquals(3, breakdown.buckets().get(1).counts().hypothesisLength());
        assertEquals(3, breakdown.buckets().get(3).counts().referenceLength());
        assertEquals(4, breakdown.last(3));
    }

    private static BleuCounts counts(String hypothesis, String... references) {
        return BleuCounts.of(
                Arrays.stream(references).map(Tokenization.NONE::words).toList(),
                Tokenization.NONE.words(hypothesis));
    }
}
