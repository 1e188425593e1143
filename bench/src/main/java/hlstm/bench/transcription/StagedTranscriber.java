package hlstm.bench.transcription;

import hlstm.bench.peers.Peer;
import hlstm.bench.peers.PeerStream;
import hlstm.runtime.Model;
import hlstm.runtime.Session;
import hlstm.runtime.SpeechTask;
import hlstm.runtime.audio.FeatureExtractor;
import hlstm.runtime.decode.CtcDecoder;
import hlstm.runtime.decode.Decoding;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * A recogniser of which a run takes the samples of an utterance to its text, as a {@link
 * hlstm.runtime.Transcriber} does, and which notes how long each stage takes. For one thread.
 */
final class StagedTranscriber implements Peer {
    private static final long HIGHEST_NANOS = Duration.ofMinutes(5).toNanos();
    private static final int DIGITS = 3;

    private final Model model;
    private final FeatureExtractor features;
    private final CtcDecoder decoder;
    private final Session session;
    private final Map<Stage, Histogram> nanos = new EnumMap<>(Stage.class);
    private final long[] spent = new long[Stage.values().length];
    private float[] scores = new float[0];
    private String text = "";

    /**
     * A recogniser at rest.
     *
     * @throws IllegalArgumentException if the model is not for speech
     */
    StagedTranscriber(Model model, Decoding decoding) {
        if (!(model.spec().task() instanceof SpeechTask speech)) {
            throw new IllegalArgumentException(
                    "expected a model for speech, found one for " + model.spec().task());
        }
        this.model = model;
        features = new FeatureExtractor(speech.features());
        decoder = decoding.decoder(speech.alphabet());
        session = model.newSession();
        for (Stage stage : Stage.values()) {
            nanos.put(stage, new Histogram(HIGHEST_NANOS, DIGITS));
        }
    }

    /** Steps that the recurrent layers take for so many samples at the model's rate. */
    int recurrentSteps(int samples) {
        int steps = features.spec().steps(samples);
        for (var layer : model.spec().layers()) {
            if (Stage.of(layer) == Stage.RECURRENT) {
                return steps;
            }
            steps = layer.outputSteps(steps);
        }
        return steps;
    }

    /** What was heard last. */
    String text() {
        return text;
    }

    /** Nanoseconds of a stage. */
    Histogram nanos(Stage stage) {
        return nanos.get(stage);
    }

    /** Forgets what was measured. */
    void clear() {
        nanos.values().forEach(Histogram::reset);
    }

    @Override
    public long weights() {
        return model.recurrentWeights();
    }

    @Override
    public long modelBytes() {
        return model.fileBytes().orElseThrow();
    }

    /** Its runs take samples at the model's rate, and give the scores of the symbols. */
    @Override
    public PeerStream newStream() {
        return this::transcribe;
    }

    private float[] transcribe(float[] samples) {
        long begin = System.nanoTime();
        float[] frames = features.extract(samples);
        long extracted = System.nanoTime();
        int steps = frames.length / features.spec().width();
        int outputSteps = session.spec().outputSteps(steps);
        int needed = Math.multiplyExact(outputSteps, session.spec().outputWidth());
        if (scores.length < needed) {
            scores = new float[needed];
        }
        session.reset();
        session.run(frames, steps, scores);
        long ran = System.nanoTime();
        text = decoder.decode(scores, outputSteps).strip();
        Arrays.fill(spent, 0);
        spent[Stage.FEATURES.ordinal()] = extracted - begin;
        spent[Stage.DECODING.ordinal()] = System.nanoTime() - ran;
        for (int n = 0; n < session.spec().layers().size(); n++) {
            spent[Stage.of(session.spec().layers().get(n)).ordinal()] += session.layerNanos(n);
        }
        for (Stage stage : Stage.values()) {
            nanos.get(stage).recordValue(Math.min(spent[stage.ordinal()], HIGHEST_NANOS));
        }
        return scores;
    }
}
