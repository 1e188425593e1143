package hlstm.runtime;

import hlstm.runtime.audio.FeatureExtractor;
import hlstm.runtime.audio.Waveform;
import hlstm.runtime.decode.CtcGreedyDecoder;

/**
 * Turns speech into text with a model of a {@link SpeechTask}: features, network, greedy CTC
 * decoding. Holds a session, so it belongs to one thread at a time; make one for each thread. Every
 * call begins anew.
 *
 * <pre>{@code
 * Transcriber transcriber = new Transcriber(Model.load(Path.of("model.safetensors")));
 * String text = transcriber.transcribe(WavReader.read(Path.of("speech.wav")));
 * }</pre>
 */
public final class Transcriber {
    private final FeatureExtractor features;
    private final CtcGreedyDecoder decoder;
    private final Session session;
    private final int symbols;
    private float[] scores = new float[0];

    /**
     * A transcriber at rest.
     *
     * @throws IllegalArgumentException if the model is for another task
     */
    public Transcriber(Model model) {
        this(model, model.newSession());
    }

    /**
     * A transcriber at rest that shares its work with a team.
     *
     * @throws IllegalArgumentException if the model is for another task
     */
    public Transcriber(Model model, ThreadTeam team) {
        this(model, model.newSession(team));
    }

    private Transcriber(Model model, Session session) {
        if (!(model.spec().task() instanceof SpeechTask speech)) {
            throw new IllegalArgumentException(
                    "transcription needs a model for speech, with features and an alphabet; found"
                            + " one for "
                            + model.spec().task());
        }
        this.features = new FeatureExtractor(speech.features());
        this.decoder = new CtcGreedyDecoder(speech.alphabet());
        this.session = session;
        this.symbols = model.spec().outputWidth();
    }

    /**
     * The text of a sound, which may have any sample rate; without white space at its ends.
     *
     * @throws IllegalArgumentException if the sound is empty or not finite
     */
    public String transcribe(Waveform sound) {
        float[] frames = features.extract(sound);
        int steps = frames.length / features.spec().width();
        int needed = Math.multiplyExact(steps, symbols);
        if (scores.length < needed) {
            scores = new float[needed];
        }
        session.reset();
        session.run(frames, steps, scores);
        return decoder.decode(scores, steps).strip();
    }
}
