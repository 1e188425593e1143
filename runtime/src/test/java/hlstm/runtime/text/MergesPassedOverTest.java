package hlstm.runtime.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link BytePairCodes#apply(List, double, java.util.random.RandomGenerator)}. */
class MergesPassedOverTest {
    private static final BytePairCodes CODES =
            new BytePairCodes(List.of("a b", "ab ab", "c d</w>", "ab cd</w>", "e e", "ee e</w>"));
    private static final List<String> WORDS =
            List.of("abcd", "abababcd", "eeee", "x", "cd", "🙂ab");

    MergesPassedOverTest() {}

    @Test
    void withoutDropoutWordsAreCutAsEver() {
        assertEquals(CODES.apply(WORDS), CODES.apply(WORDS, 0, new SplittableRandom(1)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
    void probabilitiesLieWithinZeroAndOne(double dropout) {
        SplittableRandom random = new SplittableRandom(1);
        assertThrows(IllegalArgumentException.class, () -> CODES.apply(WORDS, dropout, random));
    }

    @Test
    void withFullDropoutNothingIsMerged() {
        assertEquals(
                List.of("a@@", "b@@", "c@@", "d", "🙂@@", "a@@", "b"),
                CODES.apply(List.of("abcd", "🙂ab"), 1, new SplittableRandom(1)));
    }

    @Test
    void wordsAreCutInManyWaysAndStayTheSame() {
        SplittableRandom random = new SplittableRandom(2);
        Set<List<String>> cuts = new HashSet<>();
        for (int k = 0; k < 200; k++) {
            List<String> parts = CODES.apply(WORDS, 0.5, random);
            assertEquals(WORDS, BytePairCodes.undo(parts));
            cuts.add(parts);
        }
        assertTrue(cuts.size() > 20, "different cuts: " + cuts.size());
        assertEquals(
                CODES.apply(WORDS, 0.5, new SplittableRandom(3)),
                CODES.apply(WORDS, 0.5, new SplittableRandom(3)));
    }

    /** Of two merges the second must survive, too: it is drawn when it can be made. */
    @Test
    void eachMergeIsDrawnByItself() {
        SplittableRandom random = new SplittableRandom(4);
        int whole = 0;
        int runs = 10_000;
        for (int k = 0; k < runs; k++) {
            whole += CODES.apply(List.of("cd"), 0.3, random).size() == 1 ? 1 : 0;
        }
        assertEquals(0.7, (double) whole / runs, 0.02);
    }

    /** A pair that overlaps itself merges from the left, as ever. */
    @Test
    void overlappingPairsMergeOnce() {
        assertEquals(List.of("ee@@", "e@@", "e"), CODES.apply(List.of("eeee")));
    }
}
