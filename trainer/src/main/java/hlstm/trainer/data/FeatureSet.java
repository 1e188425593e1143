package hlstm.trainer.data;

import hlstm.runtime.audio.FeatureExtractor;
import hlstm.runtime.decode.Alphabet;
import hlstm.trainer.layers.Workers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.IntUnaryOperator;

/**
 * A corpus as a network sees it: the features of every utterance, computed once and kept in memory,
 * and its transcript in symbols. Immutable; arrays it hands out are not to be changed.
 */
public final class FeatureSet {
    private final Corpus corpus;
    private final FeatureExtractor extractor;
    private final float[][] frames;
    private final int[] steps;
    private final int[][] labels;
    private final IntUnaryOperator outputSteps;

    private FeatureSet(
            Corpus corpus,
            FeatureExtractor extractor,
            int[][] labels,
            IntUnaryOperator outputSteps) {
        this.corpus = corpus;
        this.extractor = extractor;
        this.labels = labels;
        this.outputSteps = outputSteps;
        this.frames = new float[corpus.size()][];
        this.steps = new int[corpus.size()];
    }

    /**
     * Computes the features of a corpus, spread over the workers.
     *
     * @throws CorpusException if a transcript is empty, has unknown symbols, or is too long for the
     *     steps of its sound
     * @throws IOException if sound cannot be read
     */
    public static FeatureSet compute(
            Corpus corpus, FeatureExtractor extractor, Alphabet alphabet, Workers workers)
            throws IOException {
        return compute(corpus, extractor, alphabet, IntUnaryOperator.identity(), workers);
    }

    /**
     * Computes the features of a corpus for a network that gives another number of steps than it
     * takes.
     *
     * @param outputSteps the steps that the network gives for so many steps of features
     * @throws CorpusException if a transcript is empty, has unknown symbols, or is too long for the
     *     steps of its sound
     * @throws IOException if sound cannot be read
     */
    public static FeatureSet compute(
            Corpus corpus,
            FeatureExtractor extractor,
            Alphabet alphabet,
            IntUnaryOperator outputSteps,
            Workers workers)
            throws IOException {
        FeatureSet set = new FeatureSet(corpus, extractor, corpus.labels(alphabet), outputSteps);
        try {
            workers.run(corpus.size(), set::extract);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        for (int i = 0; i < set.size(); i++) {
            if (!set.fits(i, set.steps[i])) {
                throw new CorpusException(
                        "%s: utterance %s has %d steps, but CTC needs %d for its transcript \"%s\"; take a smaller stride, or leave the utterance out"
                                .formatted(
                                        corpus.name(),
                                        corpus.utterances().get(i).id(),
                                        outputSteps.applyAsInt(set.steps[i]),
                                        stepsNeeded(set.labels[i]),
                                        corpus.utterances().get(i).transcript()));
            }
        }
        return set;
    }

    private void extract(int index) {
        float[] samples = samples(index);
        frames[index] = extractor.frames(samples);
        steps[index] = extractor.spec().steps(samples.length);
    }

    /** The samples of an utterance at the rate of the features. */
    float[] samples(int index) {
        Utterance utterance = corpus.utterances().get(index);
        try {
            float[] samples = utterance.audio().load().at(sampleRate()).samples();
            if (samples.length == 0) {
                throw new CorpusException(
                        "%s: utterance %s has no sound".formatted(corpus.name(), utterance.id()));
            }
            return samples;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The utterances. */
    public Corpus corpus() {
        return corpus;
    }

    /** What computes the features. */
    public FeatureExtractor extractor() {
        return extractor;
    }

    /** Number of utterances. */
    public int size() {
        return frames.length;
    }

    /** Elements of a step. */
    public int width() {
        return extractor.spec().width();
    }

    /** Steps of an utterance. */
    public int steps(int index) {
        return steps[index];
    }

    /** The features of an utterance: {@code steps x width}, step after step. */
    public float[] features(int index) {
        return extractor.stack(frames[index], 0);
    }

    /** The normalised frames of an utterance, not stacked; not to be changed. */
    float[] frames(int index) {
        return frames[index];
    }

    /** The symbols of the transcript of an utterance. */
    public int[] labels(int index) {
        return labels[index];
    }

    /** Steps of every utterance, copied. */
    public int[] allSteps() {
        return steps.clone();
    }

    /** Steps of all utterances together. */
    public long totalSteps() {
        long total = 0;
        for (int count : steps) {
            total += count;
        }
        return total;
    }

    /** Whether CTC can spread the transcript of an utterance over so many steps of features. */
    boolean fits(int index, int featureSteps) {
        return outputSteps.applyAsInt(featureSteps) >= stepsNeeded(labels[index]);
    }

    /** The fewest steps that CTC can spread labels over: one each, and a blank between equals. */
    private static int stepsNeeded(int[] labels) {
        int needed = labels.length;
        for (int i = 1; i < labels.length; i++) {
            if (labels[i] == labels[i - 1]) {
                needed++;
            }
        }
        return needed;
    }

    private int sampleRate() {
        return extractor.spec().sampleRate();
    }
}
