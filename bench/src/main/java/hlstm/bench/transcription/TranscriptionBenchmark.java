package hlstm.bench.transcription;

import hlstm.bench.LstmStack;
import hlstm.bench.Progress;
import hlstm.bench.RandomArrays;
import hlstm.bench.comparison.Entrant;
import hlstm.bench.comparison.Turns;
import hlstm.bench.peers.Contender;
import hlstm.bench.peers.PeerCase;
import hlstm.bench.peers.PeerUnavailableException;
import hlstm.runtime.Model;
import hlstm.runtime.SpeechTask;
import hlstm.runtime.audio.Waveform;
import hlstm.runtime.decode.Decoding;
import hlstm.trainer.machine.Machine;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Times a recogniser from samples to text, stage by stage, and beside it the dense stack of LSTMs
 * of DeepSpeech2, with random weights and as many steps, in ONNX Runtime. All take turns in one
 * run, on one thread.
 */
final class TranscriptionBenchmark {
    private static final long SEED = 7;

    /** Published stack; its number of steps is that of the sound. */
    private static final PeerCase PUBLISHED =
            PeerCase.APPLICATIONS.stream()
                    .filter(PeerCase::bidirectional)
                    .findFirst()
                    .orElseThrow();

    private final PeerCase stackCase;
    private final Decoding decoding;
    private final Duration warmUp;
    private final Duration time;
    private final Consumer<String> progress;

    /**
     * A benchmark.
     *
     * @param decoding of the scores
     * @param warmUp of each row, not measured
     * @param time measured of each row
     * @param progress gets a line now and then
     */
    TranscriptionBenchmark(
            Decoding decoding, Duration warmUp, Duration time, Consumer<String> progress) {
        this(PUBLISHED, decoding, warmUp, time, progress);
    }

    TranscriptionBenchmark(
            PeerCase stackCase,
            Decoding decoding,
            Duration warmUp,
            Duration time,
            Consumer<String> progress) {
        this.stackCase = stackCase;
        this.decoding = decoding;
        this.warmUp = warmUp;
        this.time = time;
        this.progress = progress;
    }

    /**
     * Times everything.
     *
     * @throws IllegalArgumentException if the model is not for speech
     * @throws IOException if there is no room for temporary files
     */
    TranscriptionResult run(String modelName, Model model, String soundName, Waveform sound)
            throws IOException {
        StagedTranscriber ours = new StagedTranscriber(model, decoding);
        int rate = ((SpeechTask) model.spec().task()).features().sampleRate();
        float[] samples = sound.at(rate).samples();
        int steps = ours.recurrentSteps(samples.length);
        List<Entrant> entrants = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        try {
            entrants.add(new Entrant(Contender.HLSTM.label(), 1, ours, new float[][] {samples}));
            load(entrants, missing, steps);
            Turns.take(entrants, warmUp, new Progress("transcription, warm-up", progress));
            entrants.forEach(Entrant::clear);
            ours.clear();
            Turns.take(entrants, time, new Progress("transcription", progress));
            return new TranscriptionResult(
                    Machine.here(),
                    modelName,
                    soundName,
                    sound.seconds(),
                    steps,
                    ours.text(),
                    rows(ours, entrants, sound.seconds()),
                    missing);
        } finally {
            entrants.forEach(Entrant::close);
        }
    }

    private void load(List<Entrant> entrants, List<String> missing, int steps) throws IOException {
        LstmStack stack = stackCase.stack();
        PeerCase asLong =
                new PeerCase(
                        stackCase.name(),
                        stackCase.inputWidth(),
                        stackCase.width(),
                        stackCase.hlstmLayers(),
                        stackCase.hlstmWeights(),
                        stackCase.lstmLayers(),
                        stackCase.bidirectional(),
                        steps);
        float[][] inputs = {RandomArrays.gaussian(steps * stackCase.inputWidth(), SEED)};
        for (Contender contender : List.of(Contender.ONNX_FLOAT32, Contender.ONNX_INT8)) {
            progress.accept("loading " + contender.label());
            try {
                entrants.add(
                        new Entrant(
                                contender.label(), 1, contender.load(asLong, stack, 1), inputs));
            } catch (PeerUnavailableException e) {
                missing.add("%s: %s".formatted(contender.label(), e.getMessage()));
            }
        }
    }

    private static List<TranscriptionRow> rows(
            StagedTranscriber ours, List<Entrant> entrants, double seconds) {
        List<TranscriptionRow> rows = new ArrayList<>();
        for (Stage stage : Stage.values()) {
            rows.add(
                    TranscriptionRow.of(
                            stage.label(),
                            Contender.HLSTM.label(),
                            stage == Stage.RECURRENT ? ours.weights() : 0,
                            ours.nanos(stage),
                            seconds));
        }
        for (Entrant entrant : entrants) {
            boolean own = entrant.peer() == ours;
            rows.add(
                    TranscriptionRow.of(
                            own ? TranscriptionResult.WHOLE : TranscriptionResult.STACK,
                            entrant.runtime(),
                            own ? 0 : entrant.peer().weights(),
                            entrant.histogram(),
                            seconds));
        }
        return rows;
    }
}
