package hlstm.runtime.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenVocabularyTest {
    private static final List<List<String>> CORPUS =
            List.of(
                    List.of("b", "a", "b", "<s>"),
                    List.of("c", "a", "ü"),
                    List.of("d", "b", "<unk>"));

    @TempDir private Path folder;

    TokenVocabularyTest() {}

    @Test
    void frequentTokensComeFirstAndRareOnesAreUnknown() {
        TokenVocabulary all = TokenVocabulary.of(CORPUS, 1, 100);
        assertEquals(List.of("<unk>", "<s>", "</s>", "b", "a", "c", "d", "ü"), all.tokens());
        TokenVocabulary twice = TokenVocabulary.of(CORPUS, 2, 100);
        assertEquals(List.of("<unk>", "<s>", "</s>", "b", "a"), twice.tokens());
        assertArrayEquals(new int[] {3, 0, 4}, twice.numbers(List.of("b", "c", "a")));
        assertEquals(List.of("b", "<unk>"), twice.tokens(3, 0));
        assertEquals(4, TokenVocabulary.of(CORPUS, 1, 1).size());
    }

    @Test
    void specialTokensInTextAreUnknown() {
        TokenVocabulary all = TokenVocabulary.of(CORPUS, 1, 100);
        assertArrayEquals(
                new int[] {0, 0, 0, 3}, all.numbers(List.of("<unk>", "<s>", "</s>", "b")));
    }

    @Test
    void filesKeepEveryToken() throws IOException {
        TokenVocabulary vocabulary = TokenVocabulary.of(CORPUS, 1, 100);
        Path file = folder.resolve("words.txt");
        vocabulary.write(file);
        assertEquals("<unk>\n<s>\n</s>\nb\na\nc\nd\nü\n", Files.readString(file));
        assertEquals(vocabulary, TokenVocabulary.read(file));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                | must end with a line feed",
                "'<unk>,<s>,</s>,a'                | must end with a line feed",
                "'<unk>,<s>,'                      | begins with [<unk>, <s>, </s>]",
                "'<s>,<unk>,</s>,'                 | begins with [<unk>, <s>, </s>]",
                "'<unk>,<s>,</s>,a,b,a,'           | tokens 3 and 5 are both 'a'",
                "'<unk>,<s>,</s>,a,,b,'            | token 4 is empty or holds white space",
                "'<unk>,<s>,</s>,a b,'             | token 3 is empty or holds white space: 'a b'"
            })
    void wrongFilesAreRefused(String lines, String message) throws IOException {
        Path file = folder.resolve("words.txt");
        Files.writeString(file, lines.replace(',', '\n'));
        Exception e = assertThrows(IOException.class, () -> TokenVocabulary.read(file));
        assertTrue(e.getMessage().startsWith(file.toString()), e.getMessage());
        assertTrue(e.getMessage().contains(message), e.getMessage());
    }

    @Test
    void whatIsNotUtf8IsRefused() throws IOException {
        Path file = folder.resolve("words.txt");
        Files.write(file, "<unk>\n<s>\n</s>\nü\n".getBytes(StandardCharsets.ISO_8859_1));
        Exception e = assertThrows(IOException.class, () -> TokenVocabulary.read(file));
        assertTrue(e.getMessage().endsWith("is not UTF-8"), e.getMessage());
    }

    @Test
    void wordsStandBetweenSpacesOfAnyKind() {
        assertEquals(
                List.of("a", "b", "cä", "\uD83D\uDE00"),
                Words.split("  a\tb\u00a0 cä\u3000\u0007\uD83D\uDE00\n"));
        assertEquals(List.of(), Words.split(" \u2003 "));
    }
}
