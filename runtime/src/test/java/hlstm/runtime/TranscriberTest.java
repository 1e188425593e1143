package hlstm.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hlstm.runtime.audio.FeatureExtractor;
import hlstm.runtime.audio.FeatureSpec;
import hlstm.runtime.audio.Waveform;
import hlstm.runtime.decode.Alphabet;
import hlstm.runtime.decode.CtcGreedyDecoder;
import hlstm.runtime.decode.Decoding;
import hlstm.sparse.DenseMatrix;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TranscriberTest {
    private static final FeatureSpec FEATURES = FeatureSpec.mel(8_000, 8, 2);
    private static final Alphabet ALPHABET = Alphabet.of("ABC ");

    @Test
    void theTextIsThatOfFeaturesNetworkAndDecoderEveryTime() {
        Model model = model(new SpeechTask(FEATURES, ALPHABET));
        Waveform noise = noise(8_000);

        float[] features = new FeatureExtractor(FEATURES).extract(noise);
        int steps = features.length / FEATURES.width();
        float[] scores = new float[steps * ALPHABET.size()];
        model.newSession().run(features, steps, scores);
        String expected = new CtcGreedyDecoder(ALPHABET).decode(scores, steps).strip();

        Transcriber transcriber = new Transcriber(model);
        assertEquals(expected, transcriber.transcribe(noise));
        transcriber.transcribe(noise(3_000));
        assertEquals(expected, transcriber.transcribe(noise));
        assertTrue(expected.length() > 3, expected);
    }

    @Test
    void decodesAsChosen() {
        Model model = model(new SpeechTask(FEATURES, ALPHABET));
        Waveform noise = noise(8_000);
        float[] features = new FeatureExtractor(FEATURES).extract(noise);
        int steps = features.length / FEATURES.width();
        float[] scores = new float[steps * ALPHABET.size()];
        model.newSession().run(features, steps, scores);
        Decoding beam = Decoding.beam(8);
        String expected = beam.decoder(ALPHABET).decode(scores, steps).strip();

        assertEquals(expected, new Transcriber(model, beam).transcribe(noise));
        assertNotEquals(expected, new Transcriber(model).transcribe(noise));
        try (ThreadTeam team = new ThreadTeam(2)) {
            assertEquals(expected, new Transcriber(model, team, beam).transcribe(noise));
        }
    }

    @Test
    void theTextIsTheSameWithATeam() {
        Model model = model(new SpeechTask(FEATURES, ALPHABET));
        Waveform noise = noise(8_000);
        try (ThreadTeam team = new ThreadTeam(2)) {
            assertEquals(
                    new Transcriber(model).transcribe(noise),
                    new Transcriber(model, team).transcribe(noise));
        }
    }

    @Test
    void aModelForAnotherTaskIsRefused() {
        Model model = model(new SequenceTask());

        assertThrows(IllegalArgumentException.class, () -> new Transcriber(model));
    }

    @Test
    void silenceOfNoLengthIsRefused() {
        Transcriber transcriber = new Transcriber(model(new SpeechTask(FEATURES, ALPHABET)));
        Waveform empty = new Waveform(new float[0], 8_000);

        assertThrows(IllegalArgumentException.class, () -> transcriber.transcribe(empty));
    }

    private static Waveform noise(int samples) {
        SplittableRandom random = new SplittableRandom(samples);
        float[] noise = new float[samples];
        for (int n = 0; n < samples; n++) {
            noise[n] = (float) (0.1 * random.nextGaussian());
        }
        return new Waveform(noise, 8_000);
    }

    private static Model model(TaskSpec task) {
        CellSpec cell = new CellSpec(FEATURES.width(), 6, List.of(), false, 0);
        ModelSpec spec =
                new ModelSpec(
                        task,
                        List.of(
                                new RecurrentSpec(cell, false),
                                new LinearSpec(6, ALPHABET.size())));
        SplittableRandom random = new SplittableRandom(1);
        ModelBuilder builder = new ModelBuilder(spec);
        for (TensorSpec tensor : spec.matrices()) {
            float[] weights = new float[tensor.rows() * tensor.columns()];
            for (int k = 0; k < weights.length; k++) {
                weights[k] = (float) random.nextGaussian();
            }
            builder.matrix(
                    tensor.name(), new DenseMatrix(tensor.rows(), tensor.columns(), weights));
        }
        return builder.build();
    }
}
