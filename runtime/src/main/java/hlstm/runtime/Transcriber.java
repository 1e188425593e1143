package hlstm.runtime;

import hlstm.runtime.audio.FeatureExtractor;
import hlstm.runtime.audio.Waveform;
import hlstm.runtime.decode.CtcDecoder;
import hlstm.runtime.decode.Decoding;

/**
 * Turns speech into text with a model of a {@link SpeechTask}: features, network, CTC decoding,
 * greedy unless another {@link Decoding} is given. Holds a session, so it belongs to one thread at
 * a time; make one for each thread. Every call begins anew.
 *
 * <pre>{@code
 * Transcriber transcriber = new Transcriber(Model.load(Path.of("model.safetensors")));
 * String text = transcriber.transcribe(WavReader.read(Path.of("speech.wav")));
 * }</pre>
 */
public final class Transcriber {
    private final FeatureExtractor features;
    private final CtcDecoder decoder;
    private final Session session;
    private final int symbols;
    private float[] scores = new float[0];

    /**
     * A transcriber at rest.
     *
     * @throws IllegalArgumentException if the model is for another task
     */
    public Transcriber(Model model) {
        this(model, Decoding.greedy());
    }

    /**
     * A transcriber at rest that decodes in a way of choice.
     *
     * @throws IllegalArgumentException if the model is for another task, or its alphabet does not
     *     go with the language model
     */
    public Transcriber(Model model, Decoding decoding) {
        this(speech(model), model.newSession(), decoding);
    }

    /**
     * A transcriber at rest that shares its work with a team.
     *
     * @throws IllegalArgumentException if the model is for another task
     */
    public Transcriber(Model model, ThreadTeam team) {
        this(model, team, Decoding.greedy());
    }

    /**
     * A transcriber at rest that shares its work with a team and decodes, on the calling thread, in
     * a way of choice.
     *
     * @throws IllegalArgumentException if the model is for another task, or its alphabet does not
     *     go with the language model
     */
    public Transcriber(Model model, ThreadTeam team, Decoding decoding) {
        this(speech(model), model.newSession(team), decoding);
    }

    private Transcriber(SpeechTask speech, Session session, Decoding decoding) {
        this.features = new FeatureExtractor(speech.features());
        this.decoder = decoding.decoder(speech.alphabet());
        this.session = session;
        this.symbols = session.spec().outputWidth();
    }

    /** First of all: translators have no sessions. */
    private static SpeechTask speech(Model model) {
        if (model.spec().task() instanceof SpeechTask speech) {
            return speech;
        }
        throw new IllegalArgumentException(
                "transcription needs a model for speech, with features and an alphabet; found"
                        + " one for "
                        + model.spec().task().kind());
    }

    /**
     * The text of a sound, which may have any sample rate; without white space at its ends.
     *
     * @throws IllegalArgumentException if the sound is empty or not finite
     */
    public String transcribe(Waveform sound) {
        float[] frames = features.extract(sound);
        int steps = frames.length / features.spec().width();
        int outputSteps = session.spec().outputSteps(steps);
        int needed = Math.multiplyExact(outputSteps, symbols);
        if (scores.length < needed) {
            scores = new float[needed];
        }
        session.reset();
        session.run(frames, steps, scores);
        return decoder.decode(scores, outputSteps).strip();
    }
}
