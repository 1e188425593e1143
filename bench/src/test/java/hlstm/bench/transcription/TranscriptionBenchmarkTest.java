package hlstm.bench.transcription;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hlstm.bench.RandomArrays;
import hlstm.bench.RandomModels;
import hlstm.bench.peers.PeerCase;
import hlstm.runtime.Model;
import hlstm.runtime.SpeechTask;
import hlstm.runtime.Transcriber;
import hlstm.runtime.audio.Waveform;
import hlstm.runtime.decode.Decoding;
import hlstm.sparse.Geometry;
import hlstm.trainer.cli.ShippedModel;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TranscriptionBenchmarkTest {
    private static final Duration SHORT = Duration.ofMillis(1);
    private static final PeerCase SMALL = new PeerCase("small", 8, 16, 1, 500, 1, true, 100);

    private final TranscriptionBenchmark benchmark =
            new TranscriptionBenchmark(SMALL, Decoding.greedy(), SHORT, SHORT, line -> {});

    private static Waveform sound(int rate) {
        return new Waveform(RandomArrays.gaussian(rate, 3), rate);
    }

    @Test
    void hearsWhatATranscriberHears() throws IOException {
        Model model = ShippedModel.load(ShippedModel.SPEECH);
        Waveform sound = sound(22_050);

        TranscriptionResult result = benchmark.run("shipped", model, "noise", sound);

        assertEquals(new Transcriber(model).transcribe(sound), result.text());
        assertEquals(1, result.seconds());
        int rate = ((SpeechTask) model.spec().task()).features().sampleRate();
        int steps = ((SpeechTask) model.spec().task()).features().steps(rate);
        assertEquals(steps, result.steps());
    }

    @Test
    void theStagesMakeUpTheWhole() throws IOException {
        Model model = ShippedModel.load(ShippedModel.SPEECH);
        TranscriptionResult result = timed(model);
        // Other programs may take the processor from one part and not from another.
        for (int more = 0; more < 2 && !isMadeUpOfItsStages(result); more++) {
            result = timed(model);
        }

        assertTrue(isMadeUpOfItsStages(result), result::table);
        List<TranscriptionRow> ours = ours(result);
        assertEquals(
                List.of(
                        "features",
                        "convolutions",
                        "recurrent layers",
                        "output layer",
                        "decoding",
                        "samples to text"),
                ours.stream().map(TranscriptionRow::part).toList());
        assertEquals(0, ours.get(1).p50Micros(), "it has no convolutions");
        for (int stage : new int[] {0, 2, 3, 4}) {
            assertTrue(ours.get(stage).p50Micros() > 0, result::table);
        }
        assertEquals(model.recurrentWeights(), ours.get(2).gateWeights());
        assertEquals(ours.get(2).p50Micros() / 1e6, ours.get(2).realTimeFactor(), 1e-9);
    }

    private static TranscriptionResult timed(Model model) throws IOException {
        Duration time = Duration.ofMillis(500);
        return new TranscriptionBenchmark(SMALL, Decoding.greedy(), time, time, line -> {})
                .run("shipped", model, "noise", sound(16_000));
    }

    private static List<TranscriptionRow> ours(TranscriptionResult result) {
        return result.rows().stream().filter(row -> row.runtime().equals("hlstm")).toList();
    }

    private static boolean isMadeUpOfItsStages(TranscriptionResult result) {
        List<TranscriptionRow> ours = ours(result);
        double stages = ours.subList(0, 5).stream().mapToDouble(TranscriptionRow::p50Micros).sum();
        return Math.abs(ours.getLast().p50Micros() - stages) <= 0.5 * stages;
    }

    @Test
    void refusesAModelForAnotherTask() {
        Model model = RandomModels.hlstm(8, 16, 1, true, Geometry.PLAIN, 500).build();

        var e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> benchmark.run("other", model, "noise", sound(16_000)));

        assertTrue(e.getMessage().startsWith("expected a model for speech"), e.getMessage());
    }
}
