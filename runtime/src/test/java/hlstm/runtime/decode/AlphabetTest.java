package hlstm.runtime.decode;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlphabetTest {
    @Test
    void englishHasTheSymbolsOfDeepSpeech2() {
        Alphabet english = Alphabet.english();
        assertEquals(29, english.size());
        assertEquals(0, english.blank());
        assertArrayEquals(new int[] {10, 21, 1, 20, 28, 2, 27}, english.encode("IT'S AZ"));
        assertEquals("IT'S AZ", english.text(english.encode("IT'S AZ")));
    }

    @Test
    void unknownSymbolsAreNamed() {
        IllegalArgumentException refusal =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> Alphabet.english().encode("Go 2\uD83D\uDE00"));
        assertTrue(refusal.getMessage().contains("'o' (U+006F)"), refusal.getMessage());
        assertTrue(refusal.getMessage().contains("'2' (U+0032)"), refusal.getMessage());
        assertTrue(refusal.getMessage().contains("(U+1F600)"), refusal.getMessage());
    }

    @Test
    void theBlankMayBeAnywhereAndIsNoCharacter() {
        Alphabet alphabet = new Alphabet(List.of("a", "blank", "\uD83D\uDE00"), 1);
        assertArrayEquals(new int[] {2, 0}, alphabet.encode("\uD83D\uDE00a"));
        assertEquals("\uD83D\uDE00a", alphabet.text(new int[] {2, 1, 0}));
        assertThrows(IllegalArgumentException.class, () -> Alphabet.of("ab").encode("_"));
    }

    @Test
    void badAlphabetsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Alphabet(List.of("_", "a", "a"), 0));
        assertThrows(IllegalArgumentException.class, () -> new Alphabet(List.of("_", "ab"), 0));
        assertThrows(IllegalArgumentException.class, () -> new Alphabet(List.of("_", ""), 0));
        assertThrows(IllegalArgumentException.class, () -> new Alphabet(List.of("_"), 0));
        assertThrows(IllegalArgumentException.class, () -> new Alphabet(List.of("_", "a"), 2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\uD800", "\uDC00", "a\uD83D", "\uDE00\uD83D"})
    void halfASurrogatePairIsNoCharacter(String half) {
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> Alphabet.of("b" + half));
        assertTrue(refusal.getMessage().contains("half a surrogate pair (U+D"), refusal.toString());
        assertThrows(
                IllegalArgumentException.class, () -> new Alphabet(List.of(half, "a", "b"), 0));
    }

    @Test
    void equalityIsBySymbolsAndBlank() {
        assertEquals(Alphabet.of("ab"), new Alphabet(List.of("_", "a", "b"), 0));
        assertEquals(
                Alphabet.of("ab").hashCode(), new Alphabet(List.of("_", "a", "b"), 0).hashCode());
        assertNotEquals(Alphabet.of("ab"), Alphabet.of("ba"));
    }
}
