package hlstm.runtime.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NgramModelTest {
    /** Sums of up to four floats below 8, each rounded by 2^-22 at most, times ln 10. */
    private static final double EXACT = 4 * 0x1p-22 * 2.31;

    @TempDir private Path folder;

    /** log10 p of the last word after the beginning of a sentence and the words before. */
    private static double log10(NgramModel model, String... words) {
        int state = model.firstState();
        for (int k = 0; k < words.length - 1; k++) {
            state = model.next(state, model.word(words[k]));
        }
        String last = words[words.length - 1];
        double log =
                last.equals("</s>")
                        ? model.endLogProbability(state)
                        : model.logProbability(state, model.word(last));
        return log / Math.log(10);
    }

    @Test
    void backsOffAsComputedByHand() {
        NgramModel model = ArpaText.model(ArpaText.TRIGRAMS);
        assertEquals(3, model.order());
        assertEquals(5, model.words());
        assertEquals(11, model.ngrams());
        // <s> A is there.
        assertEquals(-0.25, log10(model, "A"), EXACT);
        // <s> B is not: back-off of <s>, then B.
        assertEquals(-0.4 - 0.7, log10(model, "B"), EXACT);
        // <s> A A is there.
        assertEquals(-0.05, log10(model, "A", "A"), EXACT);
        // A A B is there; what came before it no longer counts.
        assertEquals(-0.08, log10(model, "A", "A", "B"), EXACT);
        // A A A is not: back-off of A A, then A A.
        assertEquals(-0.1 - 0.35, log10(model, "A", "A", "A"), EXACT);
        // Neither <s> A B nor A B: back-offs of <s> A and of A, then B.
        assertEquals(-0.15 - 0.3 - 0.7, log10(model, "A", "B"), EXACT);
        // A B is no context, so B alone is: B A is there.
        assertEquals(-0.45, log10(model, "A", "B", "A"), EXACT);
        // B A has no back-off weight: A </s> as it is.
        assertEquals(-0.55, log10(model, "B", "A", "</s>"), EXACT);
        // <unk> after A, and A after <unk>, which has no back-off weight either.
        assertEquals(-0.15 - 0.3 - 1.5, log10(model, "A", "OTHER"), EXACT);
        assertEquals(-0.5, log10(model, "A", "OTHER", "A"), EXACT);
    }

    @Test
    void theOrderOfTheLinesDoesNotMatter() {
        String shuffled =
                ArpaText.TRIGRAMS
                        .replace("-0.25\t<s> A\t-0.15\n", "")
                        .replace("-0.55\tA </s>\n", "-0.55\tA </s>\n-0.25\t<s> A\t-0.15\n");
        assertEquals(-0.05, log10(ArpaText.model(shuffled), "A", "A"), EXACT);
        assertEquals(-0.55, log10(ArpaText.model(shuffled), "B", "A", "</s>"), EXACT);
    }

    @Test
    void withoutMarkersThereIsNoBeginningNoEndAndNoUnknownWord() {
        NgramModel model =
                ArpaText.model("\\data\\\nngram 1=2\n\\1-grams:\n-0.3 A\n-0.3 B\n\\end\\");
        assertEquals(1, model.order());
        assertEquals(-0.3, log10(model, "A"), EXACT);
        assertEquals(-0.3, log10(model, "A", "B"), EXACT);
        assertEquals(-100, log10(model, "C"), 1e-12);
        assertEquals(-0.3, log10(model, "C", "B"), EXACT);
        assertTrue(model.knows("A"));
        assertFalse(model.knows("a"));
        assertFalse(model.knowsSentenceEnd());
        assertThrows(IllegalStateException.class, () -> model.endLogProbability(0));
    }

    @Test
    void readsCompressedFilesWhateverTheirName() throws IOException {
        byte[] text = ArpaText.TRIGRAMS.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
        Path plain = Files.write(folder.resolve("plain.gz"), text);
        Path compressed = Files.write(folder.resolve("compressed"), gzip(text));
        for (Path file : new Path[] {plain, compressed}) {
            assertEquals(-0.08, log10(NgramModel.read(file), "A", "A", "B"), EXACT);
        }
    }

    @Test
    void everyTornFileIsRefusedWithItsLine() throws IOException {
        byte[] text = ArpaText.TRIGRAMS.strip().getBytes(StandardCharsets.UTF_8);
        for (int length = 0; length < text.length; length++) {
            byte[] torn = Arrays.copyOf(text, length);
            ArpaFormatException refusal =
                    assertThrows(ArpaFormatException.class, () -> ArpaText.read(torn));
            assertTrue(
                    refusal.getMessage().matches("test.arpa, line \\d+: .*"), refusal.toString());
        }
        byte[] compressed = gzip(text);
        for (int length = 0; length < compressed.length; length++) {
            byte[] torn = Arrays.copyOf(compressed, length);
            assertThrows(ArpaFormatException.class, () -> ArpaText.read(torn));
        }
        compressed[compressed.length / 2] ^= 0x10;
        assertThrows(ArpaFormatException.class, () -> ArpaText.read(compressed));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ngram 1=5|ngram 1=4|13|found more",
                "ngram 1=5|ngram 1=6|15|found 5",
                "ngram 2=4|ngram 2=x|5|number of n-grams",
                "ngram 2=4|ngram 2=99999999999|5|number of n-grams",
                "ngram 2=4|ngram 3=4|5|ngram 2=COUNT",
                "ngram 1=5|ngram 1=0|8|one word or more",
                "\\2-grams:|\\4-grams:|15|\\2-grams:",
                "\\3-grams:|\\end\\|21|\\3-grams:",
                "-0.7|0.7|13|at most 0",
                "-0.7|NaN|13|finite number",
                "-0.7|-1e999|13|finite number",
                "-0.7|1-1|13|number",
                "-0.7|0x1p3|13|number",
                "-0.45|word|18|number",
                "B A|B A C D|18|2 words",
                "B A|C A|18|1-grams",
                "A A B|A C B|23|1-grams",
                "A A B|A B B|23|among the 2-grams",
                "A A B|B A B|23|back-off weight at the 2-gram",
                "A </s>|A A|21|line 19 twice",
                "-0.7\tB|-0.7\tA|13|each word once",
                "-0.7\tB|-0.7\t<UNK>|13|one word for unknown ones",
                "<s> A A|<s> A A -1|22|highest order",
            })
    void mistakesAreNamedWithTheirLine(String text, String mistake, int line, String complaint) {
        String file = ArpaText.TRIGRAMS.replace(text, mistake);
        ArpaFormatException refusal =
                assertThrows(
                        ArpaFormatException.class,
                        () -> ArpaText.read(file.getBytes(StandardCharsets.UTF_8)));
        String message = refusal.getMessage();
        assertTrue(message.startsWith("test.arpa, line " + line + ": "), message);
        assertTrue(message.contains(complaint), message);
    }

    @Test
    void otherBytesEndlessLinesAndTextAfterTheEndAreRefused() {
        byte[] latin =
                ArpaText.TRIGRAMS.replace("B", "\u00c4").getBytes(StandardCharsets.ISO_8859_1);
        String endless = "x".repeat(ArpaLines.MAX_LINE + 1);
        for (byte[] file :
                new byte[][] {
                    latin,
                    endless.getBytes(StandardCharsets.UTF_8),
                    (ArpaText.TRIGRAMS + "\nmore").getBytes(StandardCharsets.UTF_8)
                }) {
            assertThrows(ArpaFormatException.class, () -> ArpaText.read(file));
        }
    }

    @Test
    void aFolderIsNoModel() {
        IOException refusal = assertThrows(IOException.class, () -> NgramModel.read(folder));
        assertTrue(refusal.getMessage().contains("folder"), refusal.getMessage());
    }

    private static byte[] gzip(byte[] text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text);
        }
        return bytes.toByteArray();
    }
}
