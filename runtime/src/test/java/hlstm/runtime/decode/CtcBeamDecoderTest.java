package hlstm.runtime.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hlstm.runtime.AllocatedBytes;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CtcBeamDecoderTest {
    private static final Alphabet ALPHABET = Alphabet.of("AB ");

    /** A beam that no prefix of six steps falls out of. */
    private static final int UNLIMITED = 2_000;

    /**
     * Sums of up to 4^6 terms, each a product of 6 factors, against as many additions of logarithms
     * below 40: all in double precision, whose unit roundoff is 1.1e-16.
     */
    private static final double EXACT = 40 * 4096 * 1.2e-16;

    private static float[] logits(long seed, int steps, Alphabet alphabet, double scale) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] logits = new float[steps * alphabet.size()];
        for (int k = 0; k < logits.length; k++) {
            logits[k] = (float) (scale * random.nextGaussian());
        }
        return logits;
    }

    private static CtcBeamDecoder decoder(int width) {
        return new CtcBeamDecoder(ALPHABET, Decoding.beam(width));
    }

    @Test
    void anUnlimitedBeamFindsEveryTextWithItsProbability() {
        for (int steps = 0; steps <= 6; steps++) {
            for (int seed = 0; seed < 5; seed++) {
                float[] logits = logits(seed, steps, ALPHABET, 2);
                Map<String, Double> all = BruteForceCtc.logProbabilities(ALPHABET, logits, steps);
                List<Hypothesis> found =
                        decoder(UNLIMITED).decode(logits, steps, Integer.MAX_VALUE);
                assertEquals(all.size(), found.size());
                double above = Double.POSITIVE_INFINITY;
                for (Hypothesis hypothesis : found) {
                    double expected = all.get(hypothesis.text());
                    assertEquals(expected, hypothesis.logProbability(), EXACT);
                    assertEquals(hypothesis.logProbability(), hypothesis.score());
                    assertTrue(hypothesis.score() <= above);
                    above = hypothesis.score();
                }
            }
        }
    }

    @Test
    void theBlankMayBeAnySymbol() {
        Alphabet last = new Alphabet(List.of("A", " ", "-"), 2);
        float[] logits = logits(7, 6, last, 1);
        Map<String, Double> all = BruteForceCtc.logProbabilities(last, logits, 6);
        List<Hypothesis> found =
                new CtcBeamDecoder(last, Decoding.beam(UNLIMITED))
                        .decode(logits, 6, Integer.MAX_VALUE);
        assertEquals(all.size(), found.size());
        for (Hypothesis hypothesis : found) {
            assertEquals(all.get(hypothesis.text()), hypothesis.logProbability(), EXACT);
        }
    }

    /** The textbook case: the likeliest alignment is blank alone, the likeliest text is not. */
    @Test
    void findsATextThatNoAlignmentAloneWouldWin() {
        float[] logs = {
            (float) Math.log(0.6),
            (float) Math.log(0.4),
            (float) Math.log(0.6),
            (float) Math.log(0.4)
        };
        Alphabet alphabet = Alphabet.of("A");
        assertEquals("", new CtcGreedyDecoder(alphabet).decode(logs, 2));
        Hypothesis best =
                new CtcBeamDecoder(alphabet, Decoding.beam(3)).decode(logs, 2, 1).getFirst();
        assertEquals("A", best.text());
        // The logarithms above are floats: relative error 2^-24 each, two of them.
        assertEquals(Math.log(0.64), best.logProbability(), 2 * 0x1p-24);
    }

    /** No beam gives a text more than its probability: alignments are lost, none counts twice. */
    @Test
    void aNarrowBeamFindsNoMoreThanThereIs() {
        for (int seed = 0; seed < 50; seed++) {
            float[] logits = logits(seed, 6, ALPHABET, 1);
            Map<String, Double> all = BruteForceCtc.logProbabilities(ALPHABET, logits, 6);
            for (int width : new int[] {1, 2, 3, 5, 8, 20}) {
                List<Hypothesis> found = decoder(width).decode(logits, 6, Integer.MAX_VALUE);
                assertTrue(found.size() <= width);
                for (Hypothesis hypothesis : found) {
                    assertTrue(hypothesis.logProbability() <= all.get(hypothesis.text()) + EXACT);
                }
            }
        }
    }

    /** A wider beam may do worse on one output, but not on many. */
    @Test
    void widerBeamsFindLikelierTextsOnAverage() {
        int[] widths = {1, 2, 4, 16, UNLIMITED};
        double[] sums = new double[widths.length];
        for (int seed = 0; seed < 200; seed++) {
            float[] logits = logits(seed, 6, ALPHABET, 1);
            Map<String, Double> all = BruteForceCtc.logProbabilities(ALPHABET, logits, 6);
            for (int k = 0; k < widths.length; k++) {
                sums[k] += all.get(decoder(widths[k]).decode(logits, 6));
            }
        }
        for (int k = 1; k < widths.length; k++) {
            assertTrue(sums[k] >= sums[k - 1] - 200 * EXACT, widths[k] + " is worse");
        }
        assertTrue(sums[widths.length - 1] > sums[0] + 1);
    }

    @Test
    void certainOutputsAreDecodedAsGreedily() {
        for (int seed = 0; seed < 20; seed++) {
            float[] logits = logits(seed, 40, ALPHABET, 300);
            String greedy = new CtcGreedyDecoder(ALPHABET).decode(logits, 40);
            assertEquals(greedy, decoder(8).decode(logits, 40));
        }
    }

    @Test
    void logitsAndLogProbabilitiesGiveTheSame() {
        float[] logits = logits(3, 6, ALPHABET, 1);
        float[] shifted = logits.clone();
        for (int k = 0; k < shifted.length; k++) {
            shifted[k] += k / ALPHABET.size(); // by whole numbers, so that little is rounded
        }
        Hypothesis one = decoder(10).decode(logits, 6, 1).getFirst();
        Hypothesis other = decoder(10).decode(shifted, 6, 1).getFirst();
        assertEquals(one.text(), other.text());
        // Logits below 8 as floats, rounded to 2^-21 at most, in 6 steps.
        assertEquals(one.logProbability(), other.logProbability(), 2 * 6 * 0x1p-21);
    }

    @Test
    void ofEqualTextsTheShorterAndTheFirstWin() {
        List<Hypothesis> found = decoder(3).decode(new float[4], 1, 4);
        assertEquals(List.of("", "A", "B"), found.stream().map(Hypothesis::text).toList());
    }

    @Test
    void unlikelySymbolsBeginNoPrefixButTheLikeliestDoes() {
        Decoding.BeamSearch search = Decoding.beam(UNLIMITED).pruning(0.2);
        float[] logits = {0, 3, -3, -3, 0, 0, 0, 0};
        List<Hypothesis> found =
                new CtcBeamDecoder(ALPHABET, search).decode(logits, 1, Integer.MAX_VALUE);
        assertEquals(List.of("A", ""), found.stream().map(Hypothesis::text).toList());
        // All of the four are less likely than one half: the likeliest, which are all, still may.
        List<Hypothesis> even =
                new CtcBeamDecoder(ALPHABET, Decoding.beam(UNLIMITED).pruning(0.5))
                        .decode(new float[4], 1, 10);
        assertEquals(4, even.size());
    }

    @Test
    void impossibleSymbolsAreInNoText() {
        float no = Float.NEGATIVE_INFINITY;
        float[] logits = {no, 0, no, no, no, 0, no, no, no, no, 5, no};
        List<Hypothesis> found = decoder(100).decode(logits, 3, 10);
        assertEquals(List.of(new Hypothesis("AB", 0, 0)), found);
    }

    @Test
    void stepsReadOtherLayoutsAndMayBeAskedInBetween() {
        float[] logits = logits(5, 6, ALPHABET, 1);
        float[] lanes = new float[1 + 2 * logits.length];
        for (int k = 0; k < logits.length; k++) {
            lanes[1 + 2 * k] = logits[k];
        }
        CtcBeamDecoder decoder = decoder(10);
        for (int t = 0; t < 6; t++) {
            decoder.step(lanes, 1 + 8 * t, 2);
            float[] sofar = Arrays.copyOf(logits, 4 * (t + 1));
            assertEquals(decoder(10).decode(sofar, t + 1, 10), decoder.hypotheses(10));
        }
        decoder.reset();
        assertEquals(List.of(new Hypothesis("", 0, 0)), decoder.hypotheses(3));
    }

    @Test
    void tidyingUpChangesNothing() {
        float[] logits = logits(11, 500, ALPHABET, 1);
        CtcBeamDecoder tidy = new CtcBeamDecoder(ALPHABET, Decoding.beam(20), 1);
        CtcBeamDecoder never = new CtcBeamDecoder(ALPHABET, Decoding.beam(20), Integer.MAX_VALUE);
        assertEquals(never.decode(logits, 500, 20), tidy.decode(logits, 500, 20));
        assertTrue(tidy.prefixes() < never.prefixes() / 2, tidy.prefixes() + " prefixes are left");
    }

    @Test
    void stepsAllocateNothingOnceWarm() {
        float[] logits = logits(2, 100, ALPHABET, 1);
        CtcBeamDecoder decoder = decoder(16);
        StringBuilder text = new StringBuilder(1_000);
        Runnable decoding =
                () -> {
                    decoder.reset();
                    for (int t = 0; t < 100; t++) {
                        decoder.step(logits, t * ALPHABET.size(), 1);
                    }
                    text.setLength(0);
                    decoder.best(text);
                };
        // Linking and compiling allocate now and then; an allocation of ours would show each time.
        long least = Long.MAX_VALUE;
        for (int trial = 0; trial < 20; trial++) {
            least = Math.min(least, AllocatedBytes.of(decoding));
        }
        assertEquals(0, least);
        assertFalse(text.isEmpty());
    }

    @Test
    void whatIsNoDistributionIsRefusedAndForgotten() {
        float no = Float.NEGATIVE_INFINITY;
        CtcBeamDecoder decoder = decoder(10);
        decoder.step(new float[] {0, 1, 2, 3}, 0, 1);
        List<Hypothesis> before = decoder.hypotheses(10);
        for (float[] bad :
                new float[][] {
                    {0, 0, Float.NaN, 0},
                    {Float.NaN, 0, 0, 0},
                    {0, Float.POSITIVE_INFINITY, 0, 0},
                    {no, no, no, no}
                }) {
            IllegalArgumentException refusal =
                    assertThrows(IllegalArgumentException.class, () -> decoder.step(bad, 0, 1));
            assertTrue(refusal.getMessage().contains("step 1"), refusal.getMessage());
            assertEquals(before, decoder.hypotheses(10));
        }
        float[] hugest = {Float.MAX_VALUE, -Float.MAX_VALUE, 0, 0};
        decoder.step(hugest, 0, 1);
        assertTrue(Double.isFinite(decoder.hypotheses(1).getFirst().score()));
    }

    @Test
    void wrongShapesAndRangesAreRefused() {
        CtcBeamDecoder decoder = decoder(2);
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> decoder.decode(new float[7], 2));
        assertTrue(refusal.getMessage().contains("8 elements, found 7"), refusal.getMessage());
        for (Runnable wrong :
                new Runnable[] {
                    () -> decoder.decode(new float[4], -1),
                    () -> decoder.decode(new float[4], 1 << 30),
                    () -> decoder.step(new float[4], 1, 1),
                    () -> decoder.step(new float[4], -1, 1),
                    () -> decoder.step(new float[4], 0, 0),
                    () -> decoder.step(new float[4], 0, 1 << 30),
                    () -> decoder.hypotheses(0),
                    () -> Decoding.beam(0),
                    () -> Decoding.beam(Decoding.BeamSearch.MAX_WIDTH + 1),
                    () -> Decoding.beam(1).pruning(Double.NaN),
                    () -> Decoding.beam(1).pruning(1.1)
                }) {
            assertThrows(IllegalArgumentException.class, wrong::run);
        }
    }
}
