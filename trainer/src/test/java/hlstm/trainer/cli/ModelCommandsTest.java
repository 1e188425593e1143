package hlstm.trainer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hlstm.trainer.cli.CommandLines.Outcome;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that use a model: inspect, transcribe, eval. */
class ModelCommandsTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir private Path folder;
    private String model;

    @BeforeEach
    void makeModel() throws IOException {
        model = SpeechFiles.modelThatSaysA(folder.resolve("a.safetensors")).toString();
    }

    @Test
    void inspectShowsTheFigures() throws IOException {
        Outcome text = CommandLines.run("inspect", model);
        assertEquals(0, text.code(), text.errors());
        assertTrue(text.output().contains("layers.0.weight"), text.output());

        JsonNode json = MAPPER.readTree(CommandLines.run("inspect", model, "--json").output());
        assertEquals(4 * 8, json.get("weights").asInt());
        assertEquals(2 * 4 * 8, json.get("flopsPerStep").asInt());
        assertEquals(Files.size(Path.of(model)), json.get("bytes").asLong());
        assertEquals("linear", json.at("/layers/0/kind").asText());
        assertEquals("dense", json.at("/matrices/0/geometry").asText());
        assertEquals("none", json.at("/provenance/recipe").asText());
        // What other versions do not note is no obstacle.
        assertEquals(1, json.get("provenance").size());
    }

    @Test
    void whatIsNoModelIsRefusedInOneLine() throws IOException {
        Path broken = Files.write(folder.resolve("broken.safetensors"), new byte[5]);

        for (Path file : new Path[] {broken, folder.resolve("missing.safetensors")}) {
            Outcome outcome = CommandLines.run("inspect", file.toString());
            assertEquals(1, outcome.code());
            assertEquals(1, outcome.errors().lines().count(), outcome.errors());
            assertTrue(outcome.errors().startsWith("hlstm inspect: "), outcome.errors());
            assertTrue(outcome.errors().contains(file.toString()), outcome.errors());
        }
    }

    @Test
    void theStackTraceIsShownOnDemand() {
        Outcome outcome = CommandLines.run("inspect", "missing.safetensors", "--debug");

        assertEquals(1, outcome.code());
        assertTrue(outcome.errors().contains("\tat "), outcome.errors());
    }

    @Test
    void transcribesFiles() throws IOException {
        String one = SpeechFiles.tone(folder.resolve("one.wav")).toString();
        String two = SpeechFiles.tone(folder.resolve("two.wav")).toString();

        assertEquals("A\n", lines(CommandLines.run("transcribe", model, one)));
        assertEquals(
                one + ": A\n" + two + ": A\n",
                lines(CommandLines.run("transcribe", model, one, two)));
        JsonNode json =
                MAPPER.readTree(CommandLines.run("transcribe", "--json", model, one).output());
        assertEquals("A", json.at("/0/text").asText());
        assertEquals(0.5, json.at("/0/seconds").asDouble());
    }

    @Test
    void transcribesStandardInput() throws IOException {
        byte[] wav = Files.readAllBytes(SpeechFiles.tone(folder.resolve("one.wav")));
        InputStream before = System.in;
        try {
            System.setIn(new ByteArrayInputStream(wav));
            assertEquals("A\n", lines(CommandLines.run("transcribe", model, "-")));
            System.setIn(new ByteArrayInputStream(wav));
            assertEquals("A\n", lines(CommandLines.run("transcribe", model)));
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void goesOnAfterAFileThatCannotBeRead() throws IOException {
        Path bad = Files.writeString(folder.resolve("bad.wav"), "no sound at all");
        String good = SpeechFiles.tone(folder.resolve("good.wav")).toString();

        Outcome outcome = CommandLines.run("transcribe", model, bad.toString(), good);

        assertEquals(1, outcome.code());
        assertEquals(good + ": A\n", lines(outcome));
        assertEquals(1, outcome.errors().lines().count(), outcome.errors());
        assertTrue(outcome.errors().contains(bad.toString()), outcome.errors());
    }

    @Test
    void evalCountsErrorsOverTheWholeCorpus() throws IOException {
        Map<String, String> transcripts = new LinkedHashMap<>();
        transcripts.put("ann/one", "A");
        transcripts.put("ann/two", "A B B");
        transcripts.put("bob/three", "B");
        Path corpus = SpeechFiles.corpus(folder.resolve("corpus"), transcripts);

        Outcome outcome = CommandLines.run("eval", model, "--data", corpus.toString(), "--json");

        assertEquals(0, outcome.code(), outcome.errors());
        JsonNode json = MAPPER.readTree(outcome.output());
        assertEquals(3, json.get("utterances").asInt());
        assertEquals(5, json.get("words").asInt());
        assertEquals(3.0 / 5, json.get("wer").asDouble());
        assertEquals(5.0 / 7, json.get("cer").asDouble());
        assertEquals(2.0 / 4, json.at("/speakers/ann/wer").asDouble());
        assertEquals(1.0, json.at("/speakers/bob/wer").asDouble());
        assertEquals("A", json.at("/transcripts/1/hypothesis").asText());
    }

    @Test
    void evalPrintsSpeakersAndTheWorstUtterances() throws IOException {
        Path corpus =
                SpeechFiles.corpus(
                        folder.resolve("corpus"), Map.of("ann/one", "A", "bob/two", "B B"));

        Outcome outcome = CommandLines.run("eval", model, "--data", corpus.toString());

        assertEquals(0, outcome.code(), outcome.errors());
        assertTrue(outcome.output().matches("(?s).*\\Rann +1 +1 +0\\.0 %.*"), outcome.output());
        assertTrue(outcome.output().matches("(?s).*\\Rbob +1 +2 +100\\.0 %.*"), outcome.output());
        assertTrue(outcome.output().contains("bob/two: 2"), outcome.output());
    }

    @Test
    void evalSaysWhatIsWrongWithTheData() throws IOException {
        Outcome outcome = CommandLines.run("eval", model, "--data", folder.toString());

        assertEquals(1, outcome.code());
        assertEquals(1, outcome.errors().lines().count(), outcome.errors());
        assertTrue(outcome.errors().contains("etc"), outcome.errors());
    }

    private static String lines(Outcome outcome) {
        return outcome.output().replace(System.lineSeparator(), "\n");
    }
}
