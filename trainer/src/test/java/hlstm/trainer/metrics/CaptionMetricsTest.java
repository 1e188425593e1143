package hlstm.trainer.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** CIDEr-D and ROUGE-L on cases computed by hand, and how long thousands of images take. */
class CaptionMetricsTest {
    /** A few roundings of figures up to 10. */
    private static final double ROUNDING = 1e-14;

    @Test
    void ciderAveragesTheCosinesOfOneToFourWords() {
        // With two images every n-gram of one of them weighs log 2.
        CiderD cider = new CiderD(List.of(words("a b"), words("c d")));
        assertEquals(2, cider.images());
        assertArrayEquals(
                new double[] {
                    10 * (1 + 1 + 0 + 0) / 4.0, // one and two words agree, there are no more
                    10 * 0.5 / 4 // one word of two agrees; x has a weight too
                },
                cider.scores(List.of(words("a b").get(0), words("c x").get(0))),
                ROUNDING);
    }

    @Test
    void ciderAveragesOverTheReferences() {
        CiderD cider = new CiderD(List.of(words("a b", "e f"), words("c d")));
        assertEquals(2.5, cider.score(0, words("a b").get(0)), ROUNDING);
    }

    @Test
    void ciderClipsCountsAndPenalisesLength() {
        CiderD cider = new CiderD(List.of(words("a"), words("b")));
        // Weights 3 and 1, clipped to 1: 1 / 3. Bigrams differ by 2, sigma is 6.
        double expected = 10 * (1.0 / 3) * Math.exp(-4.0 / 72) / 4;
        assertEquals(expected, cider.score(0, words("a a a").get(0)), ROUNDING);
    }

    @Test
    void ciderIgnoresWhatEveryImageHas() {
        CiderD cider = new CiderD(List.of(words("the a"), words("the b"), words("the c")));
        assertEquals(0, cider.score(0, words("the").get(0)));
        // Of one word only a counts, and b of the hypothesis spoils its norm.
        double one = 1 / Math.sqrt(2);
        assertEquals(
                10 * one / 4,
                cider.score(0, words("a b the").get(0)) / Math.exp(-1.0 / 72),
                ROUNDING);
        assertEquals(0, new CiderD(List.of(words("a b"))).score(0, words("a b").get(0)));
        assertEquals(0, cider.score(1, List.of()));
    }

    /** A product over all pairs of words would take minutes. */
    @Test
    void ciderOfAHugeCaptionTakesAMoment() {
        List<String> caption = IntStream.range(0, 200_000).mapToObj(Integer::toString).toList();
        List<String> turned = caption.reversed();
        CiderD cider = new CiderD(List.of(List.of(caption), words("c d")));
        assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> {
                    assertEquals(10, cider.score(0, caption), 1e-9);
                    // Words agree, longer n-grams do not.
                    assertEquals(2.5, cider.score(0, turned), 1e-9);
                });
    }

    @Test
    void ciderDoesNotDependOnEarlierHypotheses() {
        CiderD cider = new CiderD(List.of(words("a b c"), words("c d e")));
        double before = cider.score(0, words("a b x y x y").get(0));
        cider.score(1, words("y x y x b a").get(0));
        assertEquals(before, cider.score(0, words("a b x y x y").get(0)));
    }

    @Test
    void ciderRefusesWhatDoesNotFit() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new CiderD(List.of(words("a"))).scores(List.of()));
        assertThrows(IllegalArgumentException.class, () -> new CiderD(List.of(List.of())));
    }

    @Test
    void rougeTakesTheLongestCommonSubsequence() {
        // 3 of 3 and 3 of 4, beta squared 1.44.
        assertEquals(2.44 * 0.75 / (0.75 + 1.44), rouge("a b d", "a b c d"), ROUNDING);
        assertEquals(2.44 * 0.5 * 0.5 / (0.5 + 0.72), rouge("b a", "a b"), ROUNDING);
        assertEquals(1, rouge("a b", "a b"), ROUNDING);
    }

    @Test
    void rougeTakesPrecisionAndRecallWhereTheyAreBest() {
        // Precision 2 of 2 with the first, recall 1 of 1 with the second.
        assertEquals(1, rouge("a b", "a b c d", "a"), ROUNDING);
    }

    @Test
    void rougeOfAnEmptyCaptionIsThatOfOneUnknownWord() {
        assertEquals(0, rouge("", "a b"));
        assertEquals(0, rouge("a b", ""));
        assertEquals(1, rouge("", ""), ROUNDING);
        assertThrows(IllegalArgumentException.class, () -> RougeL.score(List.of(), List.of("a")));
    }

    /**
     * The size of the usual test set of COCO. Time of the processor, since a machine that does
     * other things too says nothing by the clock; the limit leaves room for a slow one.
     */
    @Test
    void fiveThousandImagesTakeSeconds() {
        SplittableRandom random = new SplittableRandom(3);
        List<String> ids = new ArrayList<>();
        List<List<String>> references = new ArrayList<>();
        List<String> hypotheses = new ArrayList<>();
        for (int image = 0; image < 5000; image++) {
            ids.add(Integer.toString(image));
            references.add(
                    List.of(
                            caption(random),
                            caption(random),
                            caption(random),
                            caption(random),
                            caption(random)));
            hypotheses.add(caption(random));
        }
        ScoredTexts texts = new ScoredTexts(ids, references, hypotheses);
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long begin = threads.getCurrentThreadCpuTime();
        for (Metric metric : List.of(Metric.CIDER, Metric.BLEU, Metric.ROUGE)) {
            Scores scores = Scores.of(metric, texts, Tokenization.PTB, true, "x");
            assertEquals(5000, scores.perItem().size());
            assertTrue(scores.score() > 0, metric + " " + scores.score());
        }
        double seconds = (threads.getCurrentThreadCpuTime() - begin) / 1e9;
        assertTrue(seconds < 10, "seconds of computing: " + seconds);
    }

    /** About 11 words, few of them frequent, with a capital and a full stop. */
    private static String caption(SplittableRandom random) {
        StringBuilder caption = new StringBuilder("A");
        int words = random.nextInt(8, 13);
        for (int word = 0; word < words; word++) {
            int rank = (int) (10_000 * Math.pow(random.nextDouble(), 4));
            caption.append(" w").append(Integer.toString(rank, 26).replaceAll("[0-9]", "q"));
        }
        return caption.append('.').toString();
    }

    private static double rouge(String hypothesis, String... references) {
        return RougeL.score(words(references), Tokenization.NONE.words(hypothesis));
    }

    private static List<List<String>> words(String... captions) {
        return Arrays.stream(captions).map(Tokenization.NONE::words).toList();
    }
}
