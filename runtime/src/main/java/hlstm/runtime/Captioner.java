package hlstm.runtime;

import hlstm.runtime.search.BeamSearch;
import hlstm.runtime.search.BeamSettings;
import hlstm.runtime.search.StepScorer;
import hlstm.runtime.text.TokenVocabulary;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes captions of images with a model of a {@link CaptioningTask}, by beam search. Words that
 * the model does not know are never written. Holds its sessions, so it belongs to one thread at a
 * time; make one for each thread. Every call begins anew, and allocates nothing but its texts, once
 * the compiler has taken the kernels.
 *
 * <pre>{@code
 * Captioner captioner = new Captioner(Model.load(Path.of("model.safetensors")));
 * String caption = captioner.caption(features);
 * }</pre>
 */
public final class Captioner {
    /** Hypotheses that are followed unless a width is given. */
    public static final int DEFAULT_BEAM = 2;

    /** Most words of a caption unless a number is given. */
    public static final int DEFAULT_LENGTH = 30;

    private final CaptioningTask task;
    private final LookupTable inputs;
    private final Decoder decoder;
    private final BeamSearch search;
    private final int mostWords;
    private final float[] features;
    private final int[] words;

    /**
     * A captioner with a beam of {@value #DEFAULT_BEAM} and captions of at most {@value
     * #DEFAULT_LENGTH} words.
     *
     * @throws IllegalArgumentException if the model is for another task
     */
    public Captioner(Model model) {
        this(model, new BeamSettings(DEFAULT_BEAM, 0), DEFAULT_LENGTH);
    }

    /**
     * A captioner at rest.
     *
     * @param beam how it searches
     * @param mostWords of a caption; longer ones are cut off
     * @throws IllegalArgumentException if the model is for another task, or no word is allowed
     */
    public Captioner(Model model, BeamSettings beam, int mostWords) {
        if (!(model.spec().task() instanceof CaptioningTask captioning)) {
            throw new IllegalArgumentException(
                    "captions need a model for captioning, with a vocabulary; found one for "
                            + model.spec().task().kind());
        }
        if (mostWords < 1) {
            throw new IllegalArgumentException(
                    "a caption must be allowed a word at least, found " + mostWords);
        }
        task = captioning;
        inputs = model.lookupTable();
        decoder = new Decoder(model, beam.width());
        search = new BeamSearch(decoder, beam, TokenVocabulary.END);
        this.mostWords = mostWords;
        features = new float[task.featureWidth()];
        words = new int[mostWords];
    }

    /** Features of an image. */
    public int featureWidth() {
        return task.featureWidth();
    }

    /**
     * The best caption of an image.
     *
     * @param features of the image, as they were for training, before any transform
     * @throws IllegalArgumentException if there are more or fewer than the model takes, or one is
     *     not finite, or negative where the model takes logarithms
     */
    public String caption(float[] features) {
        search(features);
        return text(0);
    }

    /**
     * The best captions of an image, the best first: as many as the beam is wide, or fewer.
     *
     * @param features as in {@link #caption}
     * @throws IllegalArgumentException as {@link #caption}
     */
    public List<Caption> captions(float[] features) {
        search(features);
        List<Caption> captions = new ArrayList<>();
        for (int k = 0; k < search.results(); k++) {
            captions.add(new Caption(text(k), search.logProbability(k)));
        }
        return captions;
    }

    /** Searches; what was found before is gone. */
    void search(float[] given) {
        if (given.length != features.length) {
            throw new IllegalArgumentException(
                    "expected %d features of an image, found %d"
                            .formatted(features.length, given.length));
        }
        for (int k = 0; k < features.length; k++) {
            features[k] = task.transform().apply(given[k]);
            if (!Float.isFinite(features[k])) {
                throw new IllegalArgumentException(
                        "expected features that are finite%s, found %s as number %d"
                                .formatted(
                                        Float.isFinite(given[k])
                                                ? " and not negative, for their logarithms"
                                                : "",
                                        given[k],
                                        k));
            }
        }
        decoder.begin();
        // One more for the end.
        search.search(TokenVocabulary.BEGIN, mostWords + 1);
    }

    private String text(int result) {
        search.symbols(result, words);
        StringBuilder text = new StringBuilder();
        for (int k = 0; k < search.length(result); k++) {
            text.append(k == 0 ? "" : " ").append(task.vocabulary().token(words[k]));
        }
        return text.toString();
    }

    /** The network at work on the hypotheses of the beam, with a session for each. */
    private final class Decoder implements StepScorer {
        private final Session[] sessions;
        private final float[] input = new float[inputs.width()];
        private final float[] state;

        /** What the output layer reads, of one hypothesis after the other. */
        private final float[] hidden;

        private final int hiddenWidth;

        Decoder(Model model, int slots) {
            sessions = new Session[slots];
            for (int k = 0; k < slots; k++) {
                sessions[k] = model.newSession();
            }
            state = new float[sessions[0].stateLength()];
            hiddenWidth = model.spec().layers().getLast().inputWidth();
            hidden = new float[Math.multiplyExact(slots, hiddenWidth)];
        }

        /** Lets the network see the image. */
        void begin() {
            sessions[0].reset();
            inputs.compute(features, 0, 0, features.length, input, 0);
            sessions[0].stepBetween(input, null, 0);
        }

        @Override
        public int symbols() {
            return task.vocabulary().size();
        }

        @Override
        public int slots() {
            return sessions.length;
        }

        /** All hypotheses share one pass over the weights of the output layer. */
        @Override
        public void step(int count, int[] slots, int[] symbols, float[] scores) {
            for (int k = 0; k < count; k++) {
                inputs.lookUp(task.featureWidth() + symbols[k], input, 0);
                sessions[slots[k]].stepBetween(input, hidden, k * hiddenWidth);
            }
            sessions[0].runLast(hidden, count, scores);
            for (int k = 0; k < count; k++) {
                int from = k * symbols();
                scores[from + TokenVocabulary.UNKNOWN] = Float.NEGATIVE_INFINITY;
                scores[from + TokenVocabulary.BEGIN] = Float.NEGATIVE_INFINITY;
                SoftmaxLogarithm.logProbabilities(scores, from, symbols());
            }
        }

        @Override
        public void copy(int from, int to) {
            sessions[from].saveState(state, 0);
            sessions[to].restoreState(state, 0);
        }
    }
}
