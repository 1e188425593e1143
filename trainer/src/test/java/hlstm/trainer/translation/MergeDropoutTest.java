package hlstm.trainer.translation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hlstm.runtime.text.BytePairCodes;
import hlstm.runtime.text.TextCoding;
import hlstm.runtime.text.TokenVocabulary;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MergeDropoutTest {
    private static final BytePairCodes CODES =
            new BytePairCodes(List.of("o n", "on e</w>", "t w", "tw o</w>"));
    private static final MergeDropout DROPOUT = new MergeDropout(0.5, 7);

    MergeDropoutTest() {}

    private static TextCoding coding(String... tokens) {
        return new TextCoding(
                TextCoding.Unit.CODES,
                new TokenVocabulary(
                        Stream.concat(TokenVocabulary.SPECIAL.stream(), Arrays.stream(tokens))
                                .toList()),
                CODES);
    }

    @Test
    void epochsAndPairsAreCutInTheirOwnWays() {
        TextCoding coding =
                coding("one", "two", "o@@", "n@@", "e", "on@@", "t@@", "w@@", "tw@@", "o");
        Set<List<Integer>> cuts = new HashSet<>();
        for (int epoch = 0; epoch < 20; epoch++) {
            for (int pair = 0; pair < 5; pair++) {
                int[] numbers = DROPOUT.encode(coding, "one two", DROPOUT.random(epoch, pair));
                assertEquals("one two", coding.decode(numbers));
                assertArrayEquals(
                        numbers, DROPOUT.encode(coding, "one two", DROPOUT.random(epoch, pair)));
                cuts.add(Arrays.stream(numbers).boxed().toList());
            }
        }
        assertTrue(cuts.size() >= 8, cuts::toString);
    }

    /** A vocabulary of what training holds need not know all parts: none becomes unknown. */
    @Test
    void aWordWithUnknownPartsIsCutAsEver() {
        TextCoding coding = coding("one", "on@@", "e");
        Set<String> seen = new HashSet<>();
        for (int epoch = 0; epoch < 50; epoch++) {
            int[] numbers = DROPOUT.encode(coding, "one", DROPOUT.random(epoch, 0));
            seen.add(String.join(" ", coding.vocabulary().tokens(numbers)));
        }
        assertEquals(Set.of("one", "on@@ e"), seen);
        assertArrayEquals(
                new int[] {TokenVocabulary.UNKNOWN},
                DROPOUT.encode(coding("x"), "two", DROPOUT.random(0, 0)));
    }
}
