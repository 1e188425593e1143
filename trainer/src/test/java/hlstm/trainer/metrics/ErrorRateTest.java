package hlstm.trainer.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorRateTest {
    @ParameterizedTest
    @CsvSource({
        "ONE TWO THREE, ONE TWO THREE, 3, 0, 0, 0",
        "ONE TWO THREE, ONE THREE, 2, 0, 1, 0",
        "ONE TWO THREE, ONE FIVE THREE, 2, 1, 0, 0",
        "ONE TWO THREE, OH ONE TWO THREE FOUR, 3, 0, 0, 2",
        "ONE TWO THREE, '', 0, 0, 3, 0",
        "'', ONE TWO, 0, 0, 0, 2",
        "A B C D, B C D E, 3, 0, 1, 1",
        "A B, B A, 1, 0, 1, 1",
        "'  A   B ', A B, 2, 0, 0, 0",
        "one, ONE, 0, 1, 0, 0"
    })
    void countsWords(
            String reference,
            String hypothesis,
            long hits,
            long substitutions,
            long deletions,
            long insertions) {
        assertEquals(
                new EditCounts(hits, substitutions, deletions, insertions),
                new WordErrorRate().add(reference, hypothesis));
    }

    @Test
    void accumulatesOverACorpus() {
        WordErrorRate words = new WordErrorRate();
        assertTrue(Double.isNaN(words.rate()));
        words.add("ONE TWO THREE FOUR", "ONE TWO THREE FOUR");
        words.add("FIVE", "SIX SEVEN");
        assertEquals(new EditCounts(4, 1, 0, 1), words.counts());
        assertEquals(0.4, words.rate());
    }

    @Test
    void countsCharacters() {
        CharacterErrorRate characters = new CharacterErrorRate();
        assertEquals(new EditCounts(6, 0, 1, 0), characters.add("ONE TWO", "ONETWO"));
        assertEquals(new EditCounts(3, 0, 0, 0), characters.add(" A  B", "A B "));
        assertEquals(0.1, characters.rate());
        assertEquals(new EditCounts(0, 1, 0, 0), characters.add("\uD83D\uDE00", "\uD83D\uDE01"));
    }

    @Test
    void equalsTheRecursiveDefinition() {
        SplittableRandom random = new SplittableRandom(4);
        for (int trial = 0; trial < 300; trial++) {
            List<Integer> a = random.ints(random.nextInt(7), 0, 3).boxed().toList();
            List<Integer> b = random.ints(random.nextInt(7), 0, 3).boxed().toList();
            EditCounts counts = EditCounts.of(a, b);
            int[] expected = best(a, b);
            assertEquals(expected[0], counts.edits(), a + " " + b);
            assertEquals(expected[1], counts.hits(), a + " " + b);
            assertEquals(a.size(), counts.referenceLength());
            assertEquals(b.size(), counts.hypothesisLength());
            assertTrue(counts.substitutions() >= 0 && counts.deletions() >= 0);
            assertTrue(counts.insertions() >= 0);
        }
    }

    /** The fewest edits, and the most hits with as many. */
    private static int[] best(List<Integer> a, List<Integer> b) {
        if (a.isEmpty() || b.isEmpty()) {
            return new int[] {a.size() + b.size(), 0};
        }
        List<int[]> ways = new ArrayList<>();
        List<Integer> restA = a.subList(1, a.size());
        List<Integer> restB = b.subList(1, b.size());
        boolean hit = a.get(0).equals(b.get(0));
        int[] both = best(restA, restB);
        ways.add(new int[] {both[0] + (hit ? 0 : 1), both[1] + (hit ? 1 : 0)});
        int[] deletion = best(restA, b);
        ways.add(new int[] {deletion[0] + 1, deletion[1]});
        int[] insertion = best(a, restB);
        ways.add(new int[] {insertion[0] + 1, insertion[1]});
        return ways.stream().min((x, y) -> x[0] != y[0] ? x[0] - y[0] : y[1] - x[1]).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "This is a test, '', 1, 1, 1",
        "X, X X Y Y, 3, 0.75, 0.75",
        "X Y X, X Z, 0.6666666666666666, 0.6666666666666666, 0.8333333333333334",
        "X, Y Z, 2, 1, 1"
    })
    void givesTheRatesOfHandMadeCases(
            String reference, String hypothesis, double wer, double mer, double wil) {
        assertRates(reference, hypothesis, wer, mer, wil);
    }

    @Test
    void givesThePublishedRates() throws IOException {
        Path file =
                Path.of(System.getProperty("hlstm.data", "../../shared/data"))
                        .resolve("metrics/published_cases.json");
        assumeTrue(Files.exists(file), "skipped: no reference cases at " + file);
        JsonNode cases = new ObjectMapper().readTree(file.toFile()).at("/jiwer_wer/cases");
        assertTrue(cases.size() > 5, "cases of jiwer in " + file);
        for (JsonNode c : cases) {
            assertRates(
                    c.get(0).asText(),
                    c.get(1).asText(),
                    c.get(2).asDouble(),
                    c.get(3).asDouble(),
                    c.get(4).asDouble());
        }
    }

    private static void assertRates(
            String reference, String hypothesis, double wer, double mer, double wil) {
        EditCounts counts = new WordErrorRate().add(reference, hypothesis);
        assertEquals(wer, counts.errorRate(), 1e-12, reference + " / " + hypothesis);
        assertEquals(mer, counts.matchErrorRate(), 1e-12, reference + " / " + hypothesis);
        assertEquals(wil, counts.informationLost(), 1e-12, reference + " / " + hypothesis);
    }
}
