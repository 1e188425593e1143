package hlstm.runtime;

import hlstm.runtime.audio.FeatureStream;
import hlstm.runtime.decode.CtcGreedyStream;

/**
 * Turns speech into text while it is being said, by greedy decoding: takes samples as they come,
 * and hands out the text so far, which only ever grows. At the end it is the text that a {@link
 * Transcriber} gives. Allocates nothing but the room for the largest portion of samples and the
 * text.
 *
 * <p>Needs a model of one direction whose features are not normalised over the utterance. Belongs
 * to one thread at a time.
 *
 * <pre>{@code
 * StreamingTranscriber transcriber = new StreamingTranscriber(model);
 * while (microphone.fill(samples)) {
 *     if (transcriber.accept(samples, 0, samples.length)) {
 *         show(transcriber.text());
 *     }
 * }
 * show(transcriber.finish());
 * }</pre>
 */
public final class StreamingTranscriber {
    private final FeatureStream features;
    private final Session session;
    private final CtcGreedyStream decoder;
    private final float[] step;
    private final float[] scores;

    /**
     * A transcriber at the beginning of a sound.
     *
     * @throws IllegalArgumentException if the model is for another task, is bidirectional, or has
     *     features that are normalised over the utterance
     */
    public StreamingTranscriber(Model model) {
        if (!(model.spec().task() instanceof SpeechTask speech)) {
            throw new IllegalArgumentException(
                    "transcription needs a model for speech, with features and an alphabet; found"
                            + " one for "
                            + model.spec().task().kind());
        }
        if (model.spec().bidirectional()) {
            throw new IllegalArgumentException(
                    "a bidirectional model hears whole utterances: to transcribe a stream, train one"
                            + " with network.bidirectional=false, such as the recipe speech-streaming");
        }
        features = new FeatureStream(speech.features());
        decoder = new CtcGreedyStream(speech.alphabet());
        session = model.newSession();
        step = new float[model.spec().inputWidth()];
        scores = new float[model.spec().outputWidth()];
    }

    /** Samples a second that {@link #accept} takes. */
    public int sampleRate() {
        return features.spec().sampleRate();
    }

    /**
     * Takes samples at the {@link #sampleRate}.
     *
     * @return whether the text has grown
     * @throws IllegalArgumentException if one is not finite, or the range is not in the array
     */
    public boolean accept(float[] samples, int offset, int length) {
        features.accept(samples, offset, length);
        return takeSteps();
    }

    private boolean takeSteps() {
        boolean grown = false;
        while (features.next(step, 0)) {
            if (session.step(step, scores)) {
                grown |= decoder.accept(scores, 0);
            }
        }
        return grown;
    }

    /**
     * The text so far, which may begin and end with white space; it changes with the next samples.
     */
    public CharSequence text() {
        return decoder.text();
    }

    /**
     * Ends the sound; the next samples begin another.
     *
     * @return the whole text, without white space at its ends
     */
    public String finish() {
        features.end();
        takeSteps();
        while (session.flush(scores)) {
            decoder.accept(scores, 0);
        }
        String text = decoder.text().toString().strip();
        reset();
        return text;
    }

    /** Drops the sound so far; the next samples begin another. */
    public void reset() {
        features.reset();
        session.reset();
        decoder.reset();
    }
}
