package hlstm.trainer.metrics;

import it.unimi.dsi.fastutil.ints.Int2IntLinkedOpenHashMap;
import it.unimi.dsi.fastutil.ints.IntIterator;
import it.unimi.dsi.fastutil.ints.IntLinkedOpenHashSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * CIDEr-D of captions (R. Vedantam, C. L. Zitnick, D. Parikh, "CIDEr", CVPR 2015), as pycocoevalcap
 * computes it under the name of CIDEr: the cosine of tf-idf vectors of n-grams with clipped counts
 * and a Gaussian penalty (sigma 6) on the difference in length, averaged over n = 1 to 4 and the
 * references, times 10. Document frequencies come from the references, an image being a document.
 *
 * <p>Made once for the references of a data set, then used for any number of hypotheses. Immutable;
 * may be shared among threads.
 */
public final class CiderD {
    private static final double SIGMA = 6;
    private static final double SCALE = 10;

    /** The n-grams of a sentence, ascending, with their weights, and what compares it. */
    private record Vector(int[][] nGrams, double[][] weights, double[] norms, int length) {}

    private final NGramIndex index = new NGramIndex();
    private final double logImages;
    private final double[] inverseFrequencies;
    private final List<List<Vector>> references = new ArrayList<>();

    /**
     * Reads the references.
     *
     * @param references for each image one or more captions, split into words
     * @throws IllegalArgumentException if an image has no reference
     */
    public CiderD(List<List<List<String>>> references) {
        this.logImages = Math.log(references.size());
        List<List<Int2IntLinkedOpenHashMap[]>> counts = new ArrayList<>();
        for (int image = 0; image < references.size(); image++) {
            if (references.get(image).isEmpty()) {
                throw new IllegalArgumentException("image %d has no reference".formatted(image));
            }
            counts.add(references.get(image).stream().map(index::count).toList());
        }
        this.inverseFrequencies = inverseFrequencies(counts);
        for (List<Int2IntLinkedOpenHashMap[]> captions : counts) {
            this.references.add(captions.stream().map(this::vector).toList());
        }
    }

    private double[] inverseFrequencies(List<List<Int2IntLinkedOpenHashMap[]>> counts) {
        int[] documents = new int[index.size()];
        for (List<Int2IntLinkedOpenHashMap[]> captions : counts) {
            IntLinkedOpenHashSet present = new IntLinkedOpenHashSet();
            for (Int2IntLinkedOpenHashMap[] caption : captions) {
                for (Int2IntLinkedOpenHashMap order : caption) {
                    present.addAll(order.keySet());
                }
            }
            for (IntIterator each = present.iterator(); each.hasNext(); ) {
                documents[each.nextInt()]++;
            }
        }
        double[] inverse = new double[documents.length];
        for (int nGram = 0; nGram < inverse.length; nGram++) {
            inverse[nGram] = logImages - Math.log(documents[nGram]);
        }
        return inverse;
    }

    /** The number of images. */
    public int images() {
        return references.size();
    }

    /**
     * The score of each image, 0 to 10; of one image alone it is 0, since no n-gram tells it from
     * others.
     *
     * @param hypotheses a caption for each image, split into words
     * @throws IllegalArgumentException if there are more or fewer than images
     */
    public double[] scores(List<List<String>> hypotheses) {
        if (hypotheses.size() != references.size()) {
            throw new IllegalArgumentException(
                    "%d hypotheses for %d images".formatted(hypotheses.size(), references.size()));
        }
        double[] scores = new double[hypotheses.size()];
        for (int image = 0; image < scores.length; image++) {
            scores[image] = score(image, hypotheses.get(image));
        }
        return scores;
    }

    /** The score of a caption for one image, counted from 0. */
    public double score(int image, List<String> hypothesis) {
        Vector caption = vector(new NGramIndex(index).count(hypothesis));
        double sum = 0;
        for (Vector reference : references.get(image)) {
            sum += similarity(caption, reference);
        }
        return SCALE * sum / NGramIndex.ORDER / references.get(image).size();
    }

    private Vector vector(Int2IntLinkedOpenHashMap[] counts) {
        int[][] nGrams = new int[NGramIndex.ORDER][];
        double[][] weights = new double[NGramIndex.ORDER][];
        double[] norms = new double[NGramIndex.ORDER];
        int bigrams = 0;
        for (int n = 0; n < NGramIndex.ORDER; n++) {
            nGrams[n] = counts[n].keySet().toIntArray();
            Arrays.sort(nGrams[n]);
            weights[n] = new double[nGrams[n].length];
            double squares = 0;
            for (int k = 0; k < nGrams[n].length; k++) {
                int nGram = nGrams[n][k];
                int count = counts[n].get(nGram);
                // What no reference has counts as if one had it.
                double inverse =
                        nGram < inverseFrequencies.length ? inverseFrequencies[nGram] : logImages;
                weights[n][k] = count * inverse;
                squares += weights[n][k] * weights[n][k];
                bigrams += n == 1 ? count : 0;
            }
            norms[n] = Math.sqrt(squares);
        }
        return new Vector(nGrams, weights, norms, bigrams);
    }

    /** The sum over n of the cosines, with the penalty on the difference of the lengths. */
    private static double similarity(Vector hypothesis, Vector reference) {
        double sum = 0;
        for (int n = 0; n < NGramIndex.ORDER; n++) {
            double product = clippedProduct(hypothesis, reference, n);
            double norms = hypothesis.norms[n] * reference.norms[n];
            sum += norms == 0 ? product : product / norms;
        }
        // pycocoevalcap takes the number of bigrams for the length.
        double difference = hypothesis.length - reference.length;
        return sum * Math.exp(-difference * difference / (2 * SIGMA * SIGMA));
    }

    /** Both have their n-grams in the order of their numbers. */
    private static double clippedProduct(Vector hypothesis, Vector reference, int n) {
        int[] mine = hypothesis.nGrams[n];
        int[] theirs = reference.nGrams[n];
        double product = 0;
        int j = 0;
        for (int i = 0; i < mine.length; i++) {
            while (j < theirs.length && theirs[j] < mine[i]) {
                j++;
            }
            if (j < theirs.length && theirs[j] == mine[i]) {
                double weight = reference.weights[n][j];
                product += Math.min(hypothesis.weights[n][i], weight) * weight;
            }
        }
        return product;
    }
}
