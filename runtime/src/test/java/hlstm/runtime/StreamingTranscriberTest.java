package hlstm.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hlstm.runtime.audio.FeatureSpec;
import hlstm.runtime.audio.Waveform;
import hlstm.runtime.decode.Alphabet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamingTranscriberTest {
    private static final FeatureSpec FEATURES = features(FeatureSpec.NONE);
    private static final Alphabet ALPHABET = Alphabet.of("ABC ");

    private static FeatureSpec features(String normalisation) {
        return new FeatureSpec(8_000, 20, 10, 12, FeatureSpec.POWER, 100, normalisation, 1, 1);
    }

    /** Convolutions, a cell and a row convolution: everything that looks ahead. */
    private static Model model(FeatureSpec features, boolean bidirectional) {
        ConvolutionSpec first = RandomModels.convolution(features.width(), 1, 8);
        ConvolutionSpec second = RandomModels.convolution(first.outputBins(), 8, 8);
        ModelSpec spec =
                new ModelSpec(
                        new SpeechTask(features, ALPHABET),
                        List.of(
                                first,
                                second,
                                new RecurrentSpec(
                                        new CellSpec(
                                                second.outputWidth(), 10, List.of(12), false, 0),
                                        bidirectional),
                                new RowConvolutionSpec(10, 3),
                                new LinearSpec(10, ALPHABET.size())));
        RandomModels.Content content =
                RandomModels.content(spec, List.of(MatrixReport.DENSE), 1, 8);
        // So that symbols change from step to step.
        for (float[] weights :
                List.of(
                        Weights.values(content.matrices().get("layers.2.forward.gates.0.input")),
                        Weights.values(content.matrices().get("layers.4.weight")))) {
            for (int k = 0; k < weights.length; k++) {
                weights[k] *= 6;
            }
        }
        return content.builder().build();
    }

    private static float[] noise(int length) {
        SplittableRandom random = new SplittableRandom(length);
        float[] noise = new float[length];
        for (int n = 0; n < length; n++) {
            // Loud and soft by turns.
            noise[n] = (float) (0.1 * random.nextGaussian() * (1 + Math.sin(n / 300.0)));
        }
        return noise;
    }

    @ParameterizedTest
    @ValueSource(strings = {FeatureSpec.NONE, FeatureSpec.RUNNING})
    void theTextIsThatOfTheWholeAndOnlyGrows(String normalisation) {
        Model model = model(features(normalisation), false);
        StreamingTranscriber streaming = new StreamingTranscriber(model);
        Transcriber whole = new Transcriber(model);
        int letters = 0;
        for (int length : new int[] {1, 100, 900, 8_000, 20_001}) {
            float[] sound = noise(length);
            String expected = whole.transcribe(new Waveform(sound, 8_000));
            letters += expected.length();
            for (int portion : new int[] {1, 77, 160, 30_000}) {
                String before = "";
                for (int from = 0; from < length; from += portion) {
                    boolean grown = streaming.accept(sound, from, Math.min(portion, length - from));
                    String text = streaming.text().toString();
                    assertTrue(text.startsWith(before), text);
                    assertEquals(grown, text.length() > before.length());
                    before = text;
                }
                assertEquals(expected, streaming.finish(), length + " samples by " + portion);
            }
        }
        assertTrue(letters > 20, "letters: " + letters);
    }

    @ParameterizedTest
    @ValueSource(strings = {FeatureSpec.NONE, FeatureSpec.RUNNING})
    void nothingIsAllocatedWhileItListens(String normalisation) {
        StreamingTranscriber streaming =
                new StreamingTranscriber(model(features(normalisation), false));
        float[] sound = noise(8_000);
        SteadyAllocation.assertNone(
                () -> {
                    streaming.reset();
                    for (int from = 0; from < sound.length; from += 160) {
                        streaming.accept(sound, from, 160);
                    }
                });
    }

    @Test
    void aResetDropsWhatWasHeard() {
        Model model = model(FEATURES, false);
        StreamingTranscriber streaming = new StreamingTranscriber(model);
        streaming.accept(noise(3_000), 0, 3_000);
        streaming.reset();
        streaming.accept(noise(8_000), 0, 8_000);
        assertEquals(
                new Transcriber(model).transcribe(new Waveform(noise(8_000), 8_000)),
                streaming.finish());
        assertEquals("", streaming.finish());
    }

    @Test
    void modelsThatHearWholeUtterancesAreRefused() {
        Exception e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> new StreamingTranscriber(model(FEATURES, true)));
        assertTrue(e.getMessage().contains("a bidirectional model"), e.getMessage());
        e =
                assertThrows(
                        IllegalArgumentException.class,
                        () ->
                                new StreamingTranscriber(
                                        model(FeatureSpec.mel(8_000, 12, 1), false)));
        assertTrue(
                e.getMessage().contains("normalisation running or none, found band"),
                e.getMessage());
        Model other =
                RandomModels.mixed(RandomModels.stack(RandomModels.lstm(2, 3)), 1)
                        .builder()
                        .build();
        assertThrows(IllegalArgumentException.class, () -> new StreamingTranscriber(other));
    }
}
