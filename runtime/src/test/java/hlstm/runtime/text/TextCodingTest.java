package hlstm.runtime.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextCodingTest {
    /** As subword-nmt writes and applies them. */
    private static final String CODES =
            "#version: 0.2\nl o\nlo w\ne r</w>\nlow er</w>\nn e\nw </w>\nne w</w>\n";

    TextCodingTest() {}

    @Test
    void codesAreAppliedInTheOrderOfTheirMerges() {
        BytePairCodes codes = BytePairCodes.parse(CODES);
        assertEquals(
                List.of("lower", "low@@", "e@@", "s@@", "t", "new", "l@@", "o", "lo@@", "ö"),
                codes.apply(List.of("lower", "lowest", "new", "lo", "loö")));
        assertEquals(CODES, codes.text());
    }

    @Test
    void partsBecomeWordsAgain() {
        List<String> words = List.of("lower", "lowest", "a@@b", "new", "\uD83D\uDE00x");
        assertEquals(words, BytePairCodes.undo(BytePairCodes.parse(CODES).apply(words)));
        assertEquals(List.of("ab", "c"), BytePairCodes.undo(List.of("a@@", "b", "c@@")));
        assertEquals(List.of(), BytePairCodes.undo(List.of()));
    }

    @Test
    void aVeryLongWordIsNotSlow() {
        List<String> parts = BytePairCodes.parse(CODES).apply(List.of("low".repeat(10_000)));
        assertEquals(30_000, parts.size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "l o\n",
                "#version: 0.1\nl o\n",
                "#version: 0.2\nlo\n",
                "#version: 0.2\nl o w\n",
                "#version: 0.2\n o\n"
            })
    void whatIsNoFileOfCodesIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> BytePairCodes.parse(text));
    }

    @ParameterizedTest
    @EnumSource
    void textComesBackFromItsNumbers(TextCoding.Unit unit) {
        BytePairCodes codes =
                unit == TextCoding.Unit.CODES
                        ? BytePairCodes.parse(CODES)
                        : new BytePairCodes(List.of());
        String text = "a lower new  lowest";
        TokenVocabulary vocabulary =
                TokenVocabulary.of(List.of(TextCoding.tokens(unit, codes, text)), 1, 100);
        TextCoding coding = new TextCoding(unit, vocabulary, codes);
        assertEquals("a lower new lowest", coding.decode(coding.encode(text)));
        assertEquals("", coding.decode(coding.encode(" \t ")));
        assertEquals(0, coding.encode("").length);
        int[] unknown = coding.encode("Z");
        assertEquals(1, unknown.length);
        assertEquals(TokenVocabulary.UNKNOWN, unknown[0]);
        assertEquals(unit, TextCoding.Unit.of(unit.label()));
    }

    @Test
    void onlyCodesTakeMerges() {
        Exception e =
                assertThrows(
                        IllegalArgumentException.class,
                        () ->
                                new TextCoding(
                                        TextCoding.Unit.WORDS,
                                        new TokenVocabulary(TokenVocabulary.SPECIAL),
                                        BytePairCodes.parse(CODES)));
        assertTrue(e.getMessage().contains("take no merges, found 7"), e.getMessage());
    }
}
