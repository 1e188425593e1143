package hlstm.runtime.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LanguageFusionTest {
    private static final Alphabet ALPHABET = Alphabet.of("AB ");
    private static final int STEPS = 6;

    /** As for an acoustic score alone, and floats below 128, at most seven of them, of log10 p. */
    private static final double EXACT = 40 * 4096 * 1.2e-16 + 7 * 0x1p-18 * 2.31;

    private final NgramModel model = ArpaText.model(ArpaText.TRIGRAMS);

    private static float[] logits(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] logits = new float[STEPS * ALPHABET.size()];
        for (int k = 0; k < logits.length; k++) {
            logits[k] = (float) random.nextGaussian();
        }
        return logits;
    }

    /** What the model of {@link ArpaText} says, by the definition, from a table of its lines. */
    private static double log10(List<String> before, String word) {
        Map<String, double[]> table = new HashMap<>();
        for (String line : ArpaText.TRIGRAMS.lines().toList()) {
            String[] parts = line.split("\t");
            if (parts.length > 1) {
                double backOff = parts.length > 2 ? Double.parseDouble(parts[2]) : 0;
                table.put(parts[1], new double[] {Double.parseDouble(parts[0]), backOff});
            }
        }
        List<String> known = new ArrayList<>();
        before.forEach(w -> known.add(table.containsKey(w) ? w : "<unk>"));
        return log10(
                table,
                known.subList(Math.max(0, known.size() - 2), known.size()),
                table.containsKey(word) ? word : "<unk>");
    }

    private static double log10(Map<String, double[]> table, List<String> before, String word) {
        String context = String.join(" ", before);
        double[] own = table.get(before.isEmpty() ? word : context + " " + word);
        if (own != null) {
            return own[0];
        }
        double backOff = table.containsKey(context) ? table.get(context)[1] : 0;
        return backOff + log10(table, before.subList(1, before.size()), word);
    }

    private static double added(String text, double weight, double bonus, boolean end) {
        List<String> words = new ArrayList<>(List.of("<s>"));
        double sum = 0;
        for (String word : text.split(" ")) {
            if (!word.isEmpty()) {
                sum += weight * Math.log(10) * log10(words, word) + bonus;
                words.add(word);
            }
        }
        return end ? sum + weight * Math.log(10) * log10(words, "</s>") : sum;
    }

    @Test
    void anUnlimitedBeamGivesEveryTextTheScoreOfTheDefinition() {
        for (int seed = 0; seed < 5; seed++) {
            for (boolean end : new boolean[] {true, false}) {
                float[] logits = logits(seed);
                LanguageFusion fusion = new LanguageFusion(model, 0.8, 0.7, end);
                List<Hypothesis> found =
                        new CtcBeamDecoder(ALPHABET, Decoding.beam(2_000).with(fusion))
                                .decode(logits, STEPS, Integer.MAX_VALUE);
                Map<String, Double> scores = new HashMap<>();
                BruteForceCtc.logProbabilities(ALPHABET, logits, STEPS)
                        .forEach((text, p) -> scores.put(text, p + added(text, 0.8, 0.7, end)));
                assertEquals(scores.size(), found.size());
                for (Hypothesis hypothesis : found) {
                    assertEquals(
                            scores.get(hypothesis.text()),
                            hypothesis.score(),
                            EXACT,
                            hypothesis.text());
                }
                String best = scores.keySet().stream().max(Comparator.comparing(scores::get)).get();
                assertEquals(best, found.getFirst().text());
            }
        }
    }

    @Test
    void tidyingUpKeepsWhatWordsAddUpTo() {
        SplittableRandom random = new SplittableRandom(9);
        float[] logits = new float[300 * ALPHABET.size()];
        for (int k = 0; k < logits.length; k++) {
            logits[k] = (float) random.nextGaussian();
        }
        Decoding.BeamSearch search = Decoding.beam(20).with(LanguageFusion.of(model, 1, 1));
        List<Hypothesis> tidy = new CtcBeamDecoder(ALPHABET, search, 1).decode(logits, 300, 20);
        assertEquals(new CtcBeamDecoder(ALPHABET, search).decode(logits, 300, 20), tidy);
        for (Hypothesis hypothesis : tidy) {
            // Up to 300 words, each with an error as above.
            assertEquals(
                    hypothesis.logProbability() + added(hypothesis.text(), 1, 1, true),
                    hypothesis.score(),
                    300 * EXACT);
        }
    }

    @Test
    void theModelDecidesBetweenWordsThatSoundAlike() {
        Alphabet english = Alphabet.english();
        NgramModel words =
                ArpaText.model(
                        "\\data\\\nngram 1=3\n\\1-grams:\n-1\tTHEIR\n-1\tCAT\n-5\t<unk>\n\\end\\\n");
        float[] logits = new float[8 * english.size()];
        String heard = "THIER CA";
        for (int t = 0; t < heard.length(); t++) {
            logits[t * english.size() + english.encode(heard.substring(t, t + 1))[0]] = 9;
        }
        // The network nearly hears EI, and a T at the end that it takes for nothing.
        logits[2 * english.size() + english.encode("E")[0]] = 8.5f;
        logits[3 * english.size() + english.encode("I")[0]] = 8.5f;
        Decoding.BeamSearch plain = Decoding.beam(50);
        assertEquals("THIER CA", plain.decoder(english).decode(logits, 8));
        assertEquals(
                "THEIR CA",
                plain.with(LanguageFusion.of(words, 1, 0)).decoder(english).decode(logits, 8));
    }

    @Test
    void whatDoesNotGoTogetherIsRefused() {
        Decoding.BeamSearch search = Decoding.beam(5).with(LanguageFusion.of(model, 1, 0));
        for (String alphabet : new String[] {"AB", "ab ", "XY "}) {
            IllegalArgumentException refusal =
                    assertThrows(
                            IllegalArgumentException.class,
                            () -> search.decoder(Alphabet.of(alphabet)));
            assertTrue(
                    refusal.getMessage().contains("alphabet")
                            || refusal.getMessage().contains("symbols"),
                    refusal.getMessage());
        }
        NgramModel endless = ArpaText.model("\\data\\\nngram 1=1\n\\1-grams:\n-0.3 A\n\\end\\");
        assertTrue(!LanguageFusion.of(endless, 1, 0).sentenceEnd());
        for (Runnable wrong :
                new Runnable[] {
                    () -> new LanguageFusion(endless, 1, 0, true),
                    () -> LanguageFusion.of(model, -0.1, 0),
                    () -> LanguageFusion.of(model, Double.NaN, 0),
                    () -> LanguageFusion.of(model, Double.POSITIVE_INFINITY, 0),
                    () -> LanguageFusion.of(model, 1, Double.NaN)
                }) {
            assertThrows(IllegalArgumentException.class, wrong::run);
        }
    }
}
