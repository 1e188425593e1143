package hlstm.trainer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hlstm.trainer.cli.CommandLines.Outcome;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScoreCommandTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir private Path folder;

    @Test
    void scoresTextAgainstSeveralReferencesHoweverTheyAreGiven() throws IOException {
        String one = file("one", "a b c d\nthe\n");
        String two = file("two", "a b c d e\r\nthe x\r\n");
        String hypotheses = file("hyp", "a b c d e\nthe");

        JsonNode json = json("score", "--metric", "bleu", one, two, hypotheses, "--json");

        assertEquals("bleu", json.get("metric").asText());
        assertEquals("none", json.get("tokenization").asText());
        assertEquals(1, json.get("score").asDouble(), 1e-14);
        assertEquals(1, json.get("bleu2").asDouble(), 1e-14);
        assertEquals("2", json.at("/perItem/1/id").asText());
        assertEquals(0, json.at("/perItem/1/score").asDouble()); // no four words in it
        assertEquals(
                json,
                json("score", "--metric", "bleu", "--references", one, two, hypotheses, "--json"));
        assertEquals(
                json,
                json(
                        "score",
                        "--json",
                        "--metric",
                        "BLEU",
                        "--references",
                        one,
                        "--references",
                        two,
                        hypotheses));
    }

    /** As sacrebleu: of two references the empty one does not count. */
    @Test
    void emptyReferencesAreNoneForSacrebleu() throws IOException {
        String full = file("full", "a b c d e f g h i j k l\n");
        String empty = file("empty", "\n");
        String hypothesis = file("hyp", "a b c d\n");
        JsonNode both = json("score", "--metric", "sacrebleu", full, empty, hypothesis, "--json");
        assertEquals(100 * Math.exp(1 - 12 / 4.0), both.get("score").asDouble(), 1e-9);
        assertTrue(both.get("signature").asText().startsWith("nrefs:1|"), both::toString);
        String varying = file("varying", "x y\n\n");
        String two = file("two", "x y\na b c d\n");
        JsonNode some = json("score", "--metric", "sacrebleu", varying, two, two, "--json");
        assertTrue(some.get("signature").asText().startsWith("nrefs:var|"), some::toString);
        String refusal = refused(1, "--metric", "sacrebleu", empty, hypothesis);
        assertTrue(refusal.contains("item 1 has no reference that is not empty"), refusal);
    }

    /** As Perl splits bytes: words hold no-break spaces. */
    @Test
    void bleuSplitsAtSpacesOfAsciiAlone() throws IOException {
        String reference = file("ref", "vous êtes là\u00a0? oui\u00a0! bon\n");
        String hypothesis = file("hyp", "vous êtes ici\u00a0? oui\u00a0! bon\n");
        Outcome outcome = CommandLines.run("score", "--metric", "bleu", reference, hypothesis);
        assertTrue(outcome.output().contains("hyp_len=5, ref_len=5"), outcome.output());
        assertTrue(outcome.output().contains("BLEU = 0.00, 80.0/50.0/0.0"), outcome.output());
    }

    @Test
    void referencesOfNothingAreTheirOwnLength() throws IOException {
        String none = file("none", "\n");
        String words = file("words", "a b c d e\n");
        Outcome alone = CommandLines.run("score", "--metric", "bleu", none, words);
        assertTrue(
                alone.output().contains("BLEU = 0, 0/0/0/0 (BP=0, ratio=0, hyp_len=0, ref_len=0)"),
                alone.output());
        String references = file("ref", "\na b\n");
        String hypotheses = file("hyp", "x\na b\n");
        JsonNode lengths =
                json("score", "--metric", "bleu", references, hypotheses, "--by-length", "--json");
        assertEquals(2, lengths.get("byLength").size());
        assertEquals(0, lengths.at("/byLength/0/to").asInt());
        assertEquals(1, lengths.at("/byLength/1/from").asInt());
    }

    @Test
    void hypothesesMayComeFromStandardInput() throws IOException {
        String reference = file("ref", "a b c d\n");
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream("a b c d\n".getBytes(StandardCharsets.UTF_8)));
        try {
            JsonNode json = json("score", "--metric", "bleu", reference, "-", "--json");
            assertEquals(1, json.get("score").asDouble(), 1e-14);
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void scoresErrorRates() throws IOException {
        String reference = file("ref", "one two three\n\n");
        String hypothesis = file("hyp", "one three\nx\n");

        JsonNode words = json("score", "--metric", "wer", reference, hypothesis, "--json");
        assertEquals(2.0 / 3, words.get("score").asDouble());
        assertFalse(words.has("tokenization"), words.toString());
        assertEquals(1, words.get("deletions").asInt());
        assertEquals(1.0 / 3, words.at("/perItem/0/score").asDouble());
        assertTrue(words.at("/perItem/1/score").isNull()); // no word to divide by

        JsonNode characters = json("score", "--metric", "cer", reference, hypothesis, "--json");
        assertEquals(5.0 / 13, characters.get("score").asDouble());
    }

    @Test
    void printsWhatSacrebleuPrints() throws IOException {
        String reference = file("ref", "The dog bit the man.\n");
        String hypothesis = file("hyp", "The dog bit the man .\n");

        Outcome outcome =
                CommandLines.run(
                        "score", "--metric", "sacrebleu", "--by-length", reference, hypothesis);

        assertEquals(0, outcome.code(), outcome.errors());
        assertTrue(outcome.output().matches("(?s).*tokenization +13a\\R.*"), outcome.output());
        assertTrue(
                outcome.output().contains("nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp|version:"),
                outcome.output());
        assertTrue(
                outcome.output()
                        .contains(
                                "BLEU = 100.00 100.0/100.0/100.0/100.0 (BP = 1.000 ratio = 1.000"
                                        + " hyp_len = 6 ref_len = 6)"),
                outcome.output());
        assertTrue(outcome.output().matches("(?s).*1 to 10 +1 +100\\.00\\R.*"), outcome.output());
        JsonNode json =
                json(
                        "score",
                        "--metric",
                        "sacrebleu",
                        "--tokenize",
                        "none",
                        reference,
                        hypothesis,
                        "--json",
                        "--by-length");
        assertTrue(json.get("score").asDouble() < 90, json.toString());
        assertTrue(json.get("signature").asText().contains("tok:none"), json.toString());
        assertEquals(5, json.at("/byLength/0/from").asInt() + 4);
    }

    @Test
    void scoresCaptionsOfCoco() throws IOException {
        String annotations =
                file(
                        "ann.json",
                        """
                        {"images": [{"id": 7}, {"id": 9}], "annotations": [
                          {"id": 1, "image_id": 7, "caption": "A cat's bed."},
                          {"id": 2, "image_id": 9, "caption": "The dog ran"},
                          {"id": 3, "image_id": 7, "caption": "A cat's bed!"}]}
                        """);
        String results =
                file(
                        "res.json",
                        """
                        [{"image_id": "9", "caption": "the dog"},
                         {"image_id": 7, "caption": "a cat 's bed"}]
                        """);

        JsonNode json = json("score", "--metric", "cider", annotations, results, "--json");

        assertEquals("ptb", json.get("tokenization").asText());
        assertEquals("9", json.at("/perItem/0/id").asText());
        assertEquals(10, json.at("/perItem/1/score").asDouble(), 1e-13);
        assertEquals(
                1,
                json("score", "--metric", "rouge", annotations, results, "--json")
                        .at("/perItem/1/score")
                        .asDouble(),
                1e-14);
        JsonNode bleu = json("score", "--metric", "bleu", annotations, results, "--json");
        // 1e-9 is added to each total, so a full match is not quite 1.
        assertEquals(1, bleu.at("/perItem/1/score").asDouble(), 4e-9);
        String twice = file("twice.json", "[{\"image_id\": 7, \"caption\": \"a\"}] []");
        Outcome more = CommandLines.run("score", "--metric", "bleu", annotations, twice);
        assertEquals(1, more.code());
        assertTrue(more.errors().contains("is not JSON"), more.errors());
        // All references are of one length of the breakdown, which is scored by the same formula.
        JsonNode byLength =
                json("score", "--metric", "bleu", "--by-length", annotations, results, "--json");
        assertTrue(bleu.get("score").asDouble() > 0, bleu.toString());
        assertEquals(bleu.get("score"), byLength.at("/byLength/0/score"));
    }

    @Test
    void saysHowManyLinesThereAre() throws IOException {
        String reference = file("ref", "a\nb\nc\n");
        String hypothesis = file("hyp", "a\nb\n");
        String errors = refused(1, "--metric", "rouge", reference, hypothesis);
        assertTrue(errors.contains(reference + " has 3 lines"), errors);
        assertTrue(errors.contains(hypothesis + " has 2"), errors);
    }

    @Test
    void saysWhereTextIsNotUtf8() throws IOException {
        Path latin = folder.resolve("latin");
        Files.write(latin, new byte[] {'a', '\n', 'c', 'a', 'f', (byte) 0xe9, '\n'});
        String errors = refused(1, "--metric", "wer", file("ref", "a\nb\n"), latin.toString());
        assertTrue(errors.contains(latin + ", line 2: not UTF-8 (byte 0xe9 at offset 5)"), errors);
    }

    @Test
    void saysWhichImagesAreMissing() throws IOException {
        String annotations =
                file(
                        "ann.json",
                        """
                        {"annotations": [{"image_id": 1, "caption": "a"}, {"image_id": 2, "caption": "b"}]}
                        """);
        String results =
                file(
                        "res.json",
                        """
                        [{"image_id": 2, "caption": "a"}, {"image_id": 3, "caption": "b"}]
                        """);
        String errors = refused(1, "--metric", "cider", annotations, results);
        assertTrue(errors.contains(results + " has no caption for 1 of 2 images (1)"), errors);
        assertTrue(errors.contains(annotations + " has no caption for 1 of 2 images (3)"), errors);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | is empty",
                "{ | is not JSON",
                "{} | is no list",
                "[] | holds no captions",
                "[{\"image_id\": 1}] | \"caption\" is missing; expected text",
                "[{\"image_id\": 1.5, \"caption\": \"a\"}] | \"image_id\" is 1.5; expected a number",
                "[{\"image_id\": 1, \"caption\": \"a\"}, {\"image_id\": 1, \"caption\": \"b\"}] | a second caption for image 1"
            })
    void saysWhatIsWrongWithResults(String results, String complaint) throws IOException {
        String annotations =
                file("ann.json", "{\"annotations\": [{\"image_id\": 1, \"caption\": \"a\"}]}");
        String file = file("res.json", results);
        String errors = refused(1, "--metric", "cider", annotations, file);
        assertTrue(errors.contains(file), errors);
        assertTrue(errors.contains(complaint), errors);
    }

    @Test
    void saysWhatIsEmpty() throws IOException {
        String empty = file("empty", "");
        assertTrue(
                refused(1, "--metric", "bleu", file("ref", "a\n"), empty)
                        .contains(empty + " is empty"));
        assertTrue(
                refused(1, "--metric", "bleu", empty, file("hyp", "a\n"))
                        .contains(empty + " is empty"));
    }

    @Test
    void refusesCommandLinesThatMakeNoSense() throws IOException {
        String text = file("a", "a\n");
        String json = file("a.json", "[]");
        assertTrue(refused(2, "--metric", "bleu", text).contains("one file given"));
        assertTrue(refused(2, "--metric", "bleu", json, text).contains("not of one kind"));
        assertTrue(refused(2, "--metric", "bleu", json, json, json).contains("expected one"));
        assertTrue(refused(2, "--metric", "wer", text, text, text).contains("takes one"));
        assertTrue(
                refused(2, "--metric", "cer", "--by-length", text, text).contains("--by-length"));
        assertTrue(
                refused(2, "--metric", "bleu", "--tokenize", "moses", text, text)
                        .contains("expected one of none, 13a, intl, ptb, found 'moses'"));
        assertTrue(
                refused(2, "--metric", "meteor", text, text)
                        .contains("expected one of cider, bleu,"));
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private static JsonNode json(String... arguments) throws IOException {
        Outcome outcome = CommandLines.run(arguments);
        assertEquals(0, outcome.code(), outcome.errors());
        return MAPPER.readTree(outcome.output());
    }

    private static String refused(int code, String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "score";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        Outcome outcome = CommandLines.run(all);
        assertEquals(code, outcome.code(), outcome.errors());
        assertEquals("", outcome.output());
        return outcome.errors();
    }
}
