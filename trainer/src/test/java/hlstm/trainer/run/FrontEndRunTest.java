package hlstm.trainer.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hlstm.runtime.Model;
import hlstm.runtime.StreamingTranscriber;
import hlstm.runtime.Transcriber;
import hlstm.runtime.audio.Waveform;
import hlstm.trainer.data.CorpusSplit;
import hlstm.trainer.data.Utterance;
import hlstm.trainer.metrics.CharacterErrorRate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Recipes with convolutions, from their settings to the model. */
class FrontEndRunTest {
    @TempDir private Path folder;

    FrontEndRunTest() {}

    private static SpeechRecipe recipe() {
        return SmallRuns.dense()
                .with(
                        List.of(
                                "features.stack=1",
                                "features.stride=1",
                                "network.frontEnd.channels=4,8",
                                "network.frontEnd.timeKernel=5,3",
                                "network.frontEnd.bandKernel=3,2",
                                "network.frontEnd.timeStride=2,1",
                                "network.frontEnd.bandStride=2,1",
                                "network.frontEnd.timePadding=2,1",
                                "network.frontEnd.bandPadding=1,0",
                                "training.epochs=3",
                                "optimizer.learningRate=0.01"));
    }

    @Test
    void theStreamingModelHearsAsTheWholeOne() throws IOException {
        CorpusSplit corpus = SmallRuns.corpus();
        SpeechRecipe recipe =
                recipe().with(
                                List.of(
                                        "features.normalisation=none",
                                        "network.bidirectional=false",
                                        "network.lookahead=2"));
        TrainingOutcome outcome = SmallRuns.train(recipe, corpus, folder, TrainingListener.NONE);
        Model model = Model.load(outcome.model());
        Transcriber whole = new Transcriber(model);
        StreamingTranscriber streaming = new StreamingTranscriber(model);
        CharacterErrorRate characters = new CharacterErrorRate();
        for (Utterance utterance : corpus.dev().utterances()) {
            Waveform sound = utterance.audio().load();
            streaming.accept(sound.samples(), 0, sound.samples().length);
            String text = streaming.finish();
            assertEquals(whole.transcribe(sound), text);
            characters.add(utterance.transcript(), text);
        }
        assertEquals(outcome.scores().get("cer"), 100 * characters.rate(), 1e-9);
    }

    @Test
    void theModelScoresAsTheTrainerSaid() throws IOException {
        CorpusSplit corpus = SmallRuns.corpus();
        TrainingOutcome outcome = SmallRuns.train(recipe(), corpus, folder, TrainingListener.NONE);
        Transcriber transcriber = new Transcriber(Model.load(outcome.model()));
        CharacterErrorRate characters = new CharacterErrorRate();
        for (Utterance utterance : corpus.dev().utterances()) {
            characters.add(
                    utterance.transcript(), transcriber.transcribe(utterance.audio().load()));
        }
        assertEquals(outcome.scores().get("cer"), 100 * characters.rate(), 1e-9);
    }

    @Test
    void oneThreadAndTwoGiveTheSameBytes() throws IOException {
        SpeechRecipe recipe = recipe().with(List.of("training.epochs=2"));
        Path one = folder.resolve("one");
        Path two = folder.resolve("two");
        SmallRuns.train(recipe, one, TrainingListener.NONE);
        SmallRuns.train(recipe.with(List.of("training.threads=2")), two, TrainingListener.NONE);
        assertArrayEquals(
                Files.readAllBytes(one.resolve("model.safetensors")),
                Files.readAllBytes(two.resolve("model.safetensors")));
    }

    /** The published shape: 161 bins become 672 features, 50.4 million weights are recurrent. */
    @Test
    void theDenseRecipeHasThePublishedSizes() {
        NetworkSettings network = ((SpeechRecipe) Recipes.named("speech-ds2-dense")).network();
        assertEquals(672, network.recurrentInputWidth(161));
        long weights = 0;
        for (int layer = 0; layer < network.layers(); layer++) {
            weights += 2 * network.cell(layer == 0 ? 672 : network.width()).denseWeights();
        }
        assertEquals(50_380_800, weights);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "speech-small | network.frontEnd.channels=8 | network.frontEnd: timeKernel must have an element for each of the 1 convolutions",
                "speech-light | features.stack=2 | network.frontEnd needs steps of one frame",
                "speech-ds2 | features.melBands=40 | network.frontEnd, convolution 1: a convolution over 41 bins needs as many",
                "speech-light | network.frontEnd.timePadding=5,7 | network.frontEnd, convolution 2: a convolution needs kernel and stride"
            })
    void frontEndsThatDoNotFitAreRefused(String recipe, String setting, String message) {
        Exception e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> Recipes.named(recipe).with(List.of(setting)));
        assertTrue(e.getMessage().contains(message), e.getMessage());
    }
}
