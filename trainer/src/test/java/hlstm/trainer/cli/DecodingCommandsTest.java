package hlstm.trainer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hlstm.runtime.Model;
import hlstm.runtime.Transcriber;
import hlstm.runtime.audio.WavReader;
import hlstm.runtime.decode.Decoding;
import hlstm.runtime.decode.LanguageFusion;
import hlstm.runtime.decode.NgramModel;
import hlstm.trainer.cli.CommandLines.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Beam search and language models on the command line. */
class DecodingCommandsTest {
    @TempDir private Path folder;
    private String model;
    private String wav;
    private Path words;

    @BeforeEach
    void makeFiles() throws IOException {
        model = SpeechFiles.modelThatSaysA(folder.resolve("a.safetensors")).toString();
        wav = SpeechFiles.tone(folder.resolve("one.wav")).toString();
        words = folder.resolve("words.arpa");
        Path text = Files.writeString(folder.resolve("text.txt"), "A B\nB\n\nA A B\n");
        Outcome made =
                CommandLines.run(
                        "lm", "--text", text.toString(), "--order", "3", "--out", words.toString());
        assertEquals(0, made.code(), made.errors());
        assertTrue(made.output().contains("2 words in 3 sentences"), made.output());
    }

    private String transcript(Decoding decoding) throws IOException {
        return new Transcriber(Model.load(Path.of(model)), decoding)
                .transcribe(WavReader.read(Path.of(wav)));
    }

    private String printed(String... options) {
        String[] arguments = new String[options.length + 3];
        arguments[0] = "transcribe";
        arguments[1] = model;
        arguments[2] = wav;
        System.arraycopy(options, 0, arguments, 3, options.length);
        Outcome outcome = CommandLines.run(arguments);
        assertEquals(0, outcome.code(), outcome.errors());
        return outcome.output().strip();
    }

    @Test
    void transcribeSearchesAsAsked() throws IOException {
        Decoding.BeamSearch beam = Decoding.beam(20);
        NgramModel lm = NgramModel.read(words);
        assertEquals(transcript(beam), printed("--beam", "20"));
        String few = printed("--beam=20", "--lm=" + words, "--lm-weight=0.1", "--word-bonus=-9");
        assertEquals(transcript(beam.with(LanguageFusion.of(lm, 0.1, -9))), few);
        String many = printed("--lm=" + words, "--word-bonus", "9");
        assertEquals(transcript(Decoding.beam(50).with(LanguageFusion.of(lm, 0.5, 9))), many);
        assertNotEquals("A", many);
        assertTrue(few.split(" +").length < many.split(" +").length, few + " / " + many);
    }

    @Test
    void evalSaysHowItDecoded() throws IOException {
        Path corpus = SpeechFiles.corpus(folder.resolve("corpus"), Map.of("ann/one", "A"));
        String[] command = {
            "eval", model, "--data", corpus.toString(), "--json", "--lm", words.toString()
        };
        Outcome outcome = CommandLines.run(command);
        assertEquals(0, outcome.code(), outcome.errors());
        JsonNode json = new ObjectMapper().readTree(outcome.output());
        assertEquals(
                "beam of 50, language model %s, weight 0.5, word bonus 1.0".formatted(words),
                json.get("decoding").asText());
        assertEquals(
                transcript(
                        Decoding.beam(50).with(LanguageFusion.of(NgramModel.read(words), 0.5, 1))),
                json.at("/transcripts/0/hypothesis").asText());
    }

    @ParameterizedTest
    @CsvSource({
        "--beam 0, 1 to 10000",
        "--beam 10001, 1 to 10000",
        "--beam many, --beam",
        "--lm-weight 1, --lm FILE",
        "--word-bonus 1, --lm FILE",
        "--lm none.arpa --lm-weight -1, --lm-weight must be 0 or more",
        "--lm none.arpa --lm-weight NaN, --lm-weight must be 0 or more",
        "--lm none.arpa --word-bonus Infinity, --word-bonus must be finite",
    })
    void wrongOptionsAreNotUnderstood(String options, String complaint) {
        for (String command : new String[] {"transcribe", "eval"}) {
            String files = command.equals("eval") ? model + " --data " + folder : model + " " + wav;
            Outcome outcome = CommandLines.run((command + " " + files + " " + options).split(" "));
            assertEquals(2, outcome.code(), outcome.errors());
            assertTrue(outcome.errors().contains(complaint), outcome.errors());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"speech.flac", "an251-fash-b.SPH", "music.mp3"})
    void soundInOtherFormsIsNotTakenForAModel(String name) {
        Outcome outcome = CommandLines.run("transcribe", name);
        assertEquals(2, outcome.code());
        assertTrue(outcome.errors().contains(name + " does not end in .wav"), outcome.errors());
    }

    @Test
    void languageModelsThatCannotServeAreRefusedInOneLine() throws IOException {
        Path broken = Files.writeString(folder.resolve("broken.arpa"), "\\data\\\nngram 1=1\n");
        Path lower = folder.resolve("lower.arpa");
        Files.writeString(lower, Files.readString(words).replace('A', 'a').replace('B', 'b'));
        Path missing = folder.resolve("missing.arpa");
        for (Path file : new Path[] {broken, lower, missing}) {
            Outcome outcome = CommandLines.run("transcribe", model, wav, "--lm", file.toString());
            assertEquals(1, outcome.code());
            assertEquals(1, outcome.errors().lines().count(), outcome.errors());
            assertTrue(
                    outcome.errors().contains(file == lower ? "another case" : file.toString()),
                    outcome.errors());
        }
    }

    @Test
    void lmLearnsFromTrainingTranscriptsAlone() throws IOException {
        Path corpus =
                SpeechFiles.corpus(
                        folder.resolve("corpus"), Map.of("ann/one", "A A", "bob/two", "B"));
        Files.createDirectories(corpus.resolve("split"));
        Files.writeString(corpus.resolve("split/train.fileids"), "ann/one\n");
        Files.writeString(corpus.resolve("split/dev.fileids"), "bob/two\n");
        Outcome outcome =
                CommandLines.run("lm", "--data", corpus.toString(), "--out", words.toString());
        assertEquals(0, outcome.code(), outcome.errors());
        NgramModel lm = NgramModel.read(words);
        assertEquals(2, lm.order());
        assertTrue(lm.knows("A") && !lm.knows("B"));
    }

    @Test
    void lmSaysWhatIsWrongWithTheText() throws IOException {
        Path empty = Files.writeString(folder.resolve("empty.txt"), "\n\n");
        Path marked = Files.writeString(folder.resolve("marked.txt"), "A\n<s> B </s>\n");
        Path latin = Files.write(folder.resolve("latin.txt"), new byte[] {'A', '\n', (byte) 0xc4});
        for (Path file : new Path[] {empty, marked, latin, folder.resolve("missing.txt")}) {
            Path out = folder.resolve("out.arpa");
            Outcome outcome =
                    CommandLines.run("lm", "--text", file.toString(), "--out", out.toString());
            assertEquals(1, outcome.code(), outcome.errors());
            assertTrue(outcome.errors().contains(file.toString()), outcome.errors());
            assertTrue(Files.notExists(out));
        }
        assertEquals(2, CommandLines.run("lm", "--out", words.toString()).code());
        String text = empty.toString();
        Outcome order =
                CommandLines.run("lm", "--text", text, "--out", words.toString(), "--order", "9");
        assertEquals(2, order.code());
        assertTrue(order.errors().contains("1 to 5"), order.errors());
    }
}
