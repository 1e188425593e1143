package hlstm.runtime.ranking;

import java.util.Arrays;

/**
 * The best of many numbered candidates: the highest scores, of equal ones the lowest numbers. A
 * heap with the worst of those kept at its root, so that most candidates cost one comparison.
 */
public final class BestCandidates {
    private final int most;
    private double[] scores;
    private int[] numbers;
    private int size;

    /** Room for the best of so many. */
    public BestCandidates(int most) {
        this.most = most;
        this.scores = new double[Math.min(most, 64)];
        this.numbers = new int[scores.length];
    }

    /** Forgets all candidates. */
    public void clear() {
        size = 0;
    }

    /** Candidates that are kept. */
    public int size() {
        return size;
    }

    /** The number of a candidate; rank 0 is the best once they are sorted. */
    public int number(int rank) {
        return numbers[rank];
    }

    /** The score of a candidate. */
    public double score(int rank) {
        return scores[rank];
    }

    /** Keeps a candidate if it is among the best. */
    public void offer(int number, double score) {
        if (size < most) {
            if (size == scores.length) {
                int capacity = (int) Math.min(most, 2L * size);
                scores = Arrays.copyOf(scores, capacity);
                numbers = Arrays.copyOf(numbers, capacity);
            }
            siftUp(size++, number, score);
        } else if (isBetter(score, number, scores[0], numbers[0])) {
            siftDown(0, size, number, score);
        }
    }

    /** Puts the best first; afterwards nothing may be offered until {@link #clear}. */
    public void sort() {
        for (int end = size - 1; end > 0; end--) {
            int number = numbers[end];
            double score = scores[end];
            numbers[end] = numbers[0];
            scores[end] = scores[0];
            siftDown(0, end, number, score);
        }
    }

    private void siftUp(int from, int number, double score) {
        int at = from;
        while (at > 0) {
            int parent = (at - 1) / 2;
            if (!isBetter(scores[parent], numbers[parent], score, number)) {
                break;
            }
            scores[at] = scores[parent];
            numbers[at] = numbers[parent];
            at = parent;
        }
        scores[at] = score;
        numbers[at] = number;
    }

    private void siftDown(int from, int end, int number, double score) {
        int at = from;
        for (int child = 2 * at + 1; child < end; child = 2 * at + 1) {
            int other = child + 1;
            if (other < end
                    && isBetter(scores[child], numbers[child], scores[other], numbers[other])) {
                child = other;
            }
            if (!isBetter(score, number, scores[child], numbers[child])) {
                break;
            }
            scores[at] = scores[child];
            numbers[at] = numbers[child];
            at = child;
        }
        scores[at] = score;
        numbers[at] = number;
    }

    private static boolean isBetter(double score, int number, double other, int otherNumber) {
        return score > other || score == other && number < otherNumber;
    }
}
