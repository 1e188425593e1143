package hlstm.trainer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import hlstm.runtime.Model;
import hlstm.runtime.decode.Decoding;
import hlstm.trainer.data.An4Corpus;
import hlstm.trainer.data.Corpus;
import hlstm.trainer.layers.ThreadWorkers;
import hlstm.trainer.layers.Workers;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShippedModelTest {
    private static final Path AN4 =
            Path.of(System.getProperty("hlstm.data", "../../shared/data"), "an4");

    @TempDir private Path folder;

    @Test
    void listensWhereNoModelIsNamed() throws IOException {
        String wav = SpeechFiles.tone(folder.resolve("tone.WAV")).toString();

        CommandLines.Outcome outcome = CommandLines.run("transcribe", wav, "--json");

        assertEquals(0, outcome.code(), outcome.errors());
        assertEquals(wav, new ObjectMapper().readTree(outcome.output()).at("/0/file").asText());
    }

    @Test
    void anotherListensOnRequest() throws IOException {
        String wav = SpeechFiles.tone(folder.resolve("tone.wav")).toString();

        assertEquals(0, CommandLines.run("transcribe", "--accurate", wav).code());

        CommandLines.Outcome both = CommandLines.run("transcribe", "--accurate", "a.model", wav);
        assertEquals(2, both.code());
        assertTrue(both.errors().contains("--accurate goes without a model"), both.errors());
    }

    @Test
    void oneThatStreamsListensToStreams() throws IOException {
        String wav = SpeechFiles.tone(folder.resolve("tone.wav")).toString();

        CommandLines.Outcome outcome = CommandLines.run("transcribe", "--stream", wav);
        assertEquals(0, outcome.code(), outcome.errors());

        CommandLines.Outcome both = CommandLines.run("transcribe", "--stream", "--accurate", wav);
        assertEquals(2, both.code());
        assertTrue(both.errors().contains("leave it out with --stream"), both.errors());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ShippedModel.SPEECH,
                ShippedModel.ACCURATE_SPEECH,
                ShippedModel.STREAMING_SPEECH
            })
    void saysWhatItWasTrainedOn(String name) throws IOException {
        Model model = ShippedModel.load(name);

        assertTrue(model.provenance().containsKey("data"), model.provenance()::toString);
        assertTrue(model.spec().outputWidth() > 26, model::toString);
    }

    @Test
    void namesAModelThatIsMissing() {
        FileNotFoundException missing =
                assertThrows(
                        FileNotFoundException.class, () -> ShippedModel.load("no.safetensors"));

        assertTrue(missing.getMessage().contains("no.safetensors"), missing.getMessage());
    }

    /** The figures that are given for these models. */
    @ParameterizedTest
    @CsvSource({
        ShippedModel.SPEECH + ", 0.129",
        ShippedModel.ACCURATE_SPEECH + ", 0.087",
        ShippedModel.STREAMING_SPEECH + ", 0.180"
    })
    void hearsTheDevelopmentUtterances(String name, double most) throws IOException {
        assumeTrue(Files.isDirectory(AN4), "AN4 is not beside this repository");
        Corpus corpus = An4Corpus.open(AN4).list(AN4.resolve("split/dev.fileids"));

        Model model = ShippedModel.load(name);
        try (Workers workers = new ThreadWorkers(1)) {
            Evaluation evaluation =
                    Evaluation.of(model, Decoding.greedy(), corpus, workers, done -> {});
            assertEquals(605, evaluation.total().words().referenceLength());
            assertTrue(
                    evaluation.total().words().errorRate() <= most,
                    () -> "word error rate " + evaluation.total().words().errorRate());
        }
    }
}
