package hlstm.trainer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hlstm.trainer.cli.CommandLines.Outcome;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    void inspectShowsConvolutions() throws IOException {
        Path file = SpeechFiles.modelWithConvolution(folder.resolve("convolution.safetensors"));
        Outcome text = CommandLines.run("inspect", file.toString());
        assertEquals(0, text.code(), text.errors());
        assertTrue(
                text.output()
                        .contains(
                                "convolution, 2 channels of 4 bins, time 3/2+1, frequency 5/2+2,"
                                        + " clipped to 20.0"),
                text.output());
        assertTrue(text.output().contains("a step every 20 ms"), text.output());

        JsonNode json =
                MAPPER.readTree(CommandLines.run("inspect", file.toString(), "--json").output());
        assertEquals("convolution", json.at("/layers/0/kind").asText());
        assertEquals(4, json.at("/layers/0/outputBins").asInt());
        assertEquals(2, json.at("/layers/0/time/stride").asInt());
        assertEquals(2 * (4 * 2 * 15 + 4 * 8), json.get("flopsPerStep").asInt());

        Path tone = SpeechFiles.tone(folder.resolve("tone.wav"));
        Outcome heard = CommandLines.run("transcribe", file.toString(), tone.toString());
        assertEquals(0, heard.code(), heard.errors());
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
    void transcribesWhileItListens() throws IOException {
        String streaming =
                SpeechFiles.modelWithConvolution(folder.resolve("s.safetensors")).toString();
        Path tone = SpeechFiles.tone(folder.resolve("one.wav"));
        String expected = lines(CommandLines.run("transcribe", streaming, tone.toString()));
        assertTrue(expected.length() > 1, expected);

        long start = System.nanoTime();
        assertEquals(
                expected,
                lines(CommandLines.run("transcribe", streaming, "--stream", tone.toString())));
        assertTrue(System.nanoTime() - start > 450_000_000L, "a file has the pace of a microphone");
        JsonNode json =
                MAPPER.readTree(
                        CommandLines.run(
                                        "transcribe",
                                        streaming,
                                        "--stream",
                                        "--json",
                                        tone.toString())
                                .output());
        assertEquals(expected.strip(), json.at("/0/text").asText());
        assertEquals(0.5, json.at("/0/seconds").asDouble());
        InputStream before = System.in;
        try {
            System.setIn(new ByteArrayInputStream(Files.readAllBytes(tone)));
            assertEquals(
                    expected, lines(CommandLines.run("transcribe", streaming, "--stream", "-")));
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void whatCannotBeStreamedIsRefused() throws IOException {
        String tone = SpeechFiles.tone(folder.resolve("one.wav")).toString();
        // Its features are normalised over the utterance.
        Outcome outcome = CommandLines.run("transcribe", model, "--stream", tone);
        assertEquals(1, outcome.code());
        assertTrue(
                outcome.errors().contains("expected the normalisation running or none"),
                outcome.errors());
        String streaming =
                SpeechFiles.modelWithConvolution(folder.resolve("s.safetensors")).toString();
        assertEquals(
                2,
                CommandLines.run("transcribe", streaming, "--stream", "--beam", "5", tone).code());
        Path bad = Files.writeString(folder.resolve("bad.wav"), "no sound at all");
        outcome = CommandLines.run("transcribe", streaming, "--stream", bad.toString());
        assertEquals(1, outcome.code());
        assertTrue(outcome.errors().contains(bad.toString()), outcome.errors());
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
    void evalNamesTheSymbolsThatTheModelCannotWrite() throws IOException {
        Map<String, String> transcripts = new LinkedHashMap<>();
        transcripts.put("ann/one", "A B");
        transcripts.put("ann/two", "A2 2");
        transcripts.put("bob/three", "b2");
        Path corpus = SpeechFiles.corpus(folder.resolve("corpus"), transcripts);

        Outcome outcome = CommandLines.run("eval", model, "--data", corpus.toString(), "--json");

        assertEquals(0, outcome.code(), outcome.errors());
        assertTrue(
                outcome.errors()
                        .startsWith(
                                "hlstm eval: warning: 2 of 3 utterances have symbols that the model"
                                        + " cannot write, which count as errors: '2' (U+0032) in 2,"
                                        + " 'b' (U+0062) in 1;"),
                outcome.errors());
        JsonNode json = MAPPER.readTree(outcome.output());
        assertEquals(2, json.at("/unknownSymbols/2").asInt());
        assertEquals(2, json.get("utterancesWithUnknownSymbols").asInt());

        transcripts.keySet().removeAll(List.of("ann/two", "bob/three"));
        Path known = SpeechFiles.corpus(folder.resolve("known"), transcripts);
        assertEquals("", CommandLines.run("eval", model, "--data", known.toString()).errors());
    }

    @Test
    void evalTakesSensibleThreads() throws IOException {
        Path corpus = SpeechFiles.corpus(folder.resolve("corpus"), Map.of("ann/one", "A"));

        for (String threads : new String[] {"0", "3"}) {
            Outcome outcome =
                    CommandLines.run(
                            "eval", model, "--data", corpus.toString(), "--threads", threads);
            assertEquals(0, outcome.code(), outcome.errors());
        }
        Outcome refused =
                CommandLines.run("eval", model, "--data", corpus.toString(), "--threads", "-1");
        assertEquals(2, refused.code());
        assertTrue(
                refused.errors().contains("--threads: expected 0 to 1024, found -1"),
                refused.errors());
    }

    @Test
    void evalSaysWhatIsWrongWithTheData() throws IOException {
        Outcome outcome = CommandLines.run("eval", model, "--data", folder.toString());

        assertEquals(1, outcome.code());
        assertEquals(1, outcome.errors().lines().count(), outcome.errors());
        assertTrue(outcome.errors().contains("etc"), outcome.errors());
    }

    /** Names, alphabets, notes and transcripts come from files, and must not drive the terminal. */
    @ParameterizedTest
    @ValueSource(strings = {"\u001b[2J\u001b]0;title\u0007", "\u009b31m", "\u202e", "\rforged"})
    void nothingFromAFileDrivesTheTerminal(String hostile) throws IOException {
        // As far as every file system and locale of Unix can name files so.
        String name = File.separatorChar == '/' ? hostile.replaceAll("[/\\u0080-\\uffff]", "") : "";
        Path file =
                SpeechFiles.modelThatSays(
                        folder.resolve("m" + name), hostile.substring(0, 1), hostile);
        Path corpus =
                SpeechFiles.corpus(folder.resolve("c" + name), Map.of("ann/one", "B" + hostile));
        String wav = SpeechFiles.tone(folder.resolve("w" + name)).toString();
        String missing = folder.resolve("missing" + name).toString();
        String bad = Files.write(folder.resolve("bad" + name), new byte[9]).toString();

        for (String[] command :
                new String[][] {
                    {"inspect", file.toString()},
                    {"inspect", file.toString(), "--json"},
                    {"inspect", missing},
                    {"inspect", missing, "--debug"},
                    {"inspect", bad},
                    {"inspect", file.toString(), "--" + hostile},
                    {"transcribe", file.toString(), wav},
                    {"transcribe", file.toString(), wav, bad, missing},
                    {"transcribe", file.toString(), wav, "--json"},
                    {"eval", file.toString(), "--data", corpus.toString()},
                    {"eval", file.toString(), "--data", corpus.toString(), "--json"},
                    {"eval", file.toString(), "--data", missing}
                }) {
            Outcome outcome = CommandLines.run(command);
            String all =
                    (outcome.output() + outcome.errors()).replace(System.lineSeparator(), "\n");
            for (int k = 0; k < hostile.length(); k++) {
                char c = hostile.charAt(k);
                assertFalse(
                        Printable.of(String.valueOf(c)).length() > 1 && all.indexOf(c) >= 0,
                        () -> String.join(" ", command) + ": " + Printable.lines(all));
            }
        }
        assertTrue(CommandLines.run("inspect", file.toString()).output().contains("\\u"));
    }

    private static String lines(Outcome outcome) {
        return outcome.output().replace(System.lineSeparator(), "\n");
    }
}
