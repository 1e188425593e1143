package hlstm.trainer.layers;

import java.util.Arrays;

/**
 * A batch of sequences as layers exchange it: for each step a feature-major block, so that the
 * sequences of the batch (its lanes) lie side by side. Element (step t, feature f, lane l) is at
 * {@code (t * features + f) * lanes + l}. Sequences shorter than the batch are padded at their end;
 * padding is zero, in activations and in gradients alike, and every layer keeps it so.
 *
 * <p>Reused from batch to batch; belongs to one training loop at a time.
 */
public final class SequenceBlock {
    private float[] data = new float[0];
    private int steps;
    private int features;
    private int lanes;
    private int[] lengths = new int[0];

    /**
     * Takes a new shape and zeroes all elements, keeping the array where it is large enough.
     *
     * @param lengths steps of each lane's sequence; a lane beyond the array, or of length 0, is
     *     padding as a whole
     */
    public void reshape(int steps, int features, int lanes, int[] lengths) {
        if (lengths.length > lanes) {
            throw new IllegalArgumentException(
                    "%d sequences do not fit %d lanes".formatted(lengths.length, lanes));
        }
        for (int length : lengths) {
            if (length < 0 || length > steps) {
                throw new IllegalArgumentException(
                        "a sequence of %d steps does not fit a block of %d"
                                .formatted(length, steps));
            }
        }
        int size = Math.multiplyExact(Math.multiplyExact(steps, features), lanes);
        if (data.length < size) {
            data = new float[size];
        } else {
            Arrays.fill(data, 0, size, 0);
        }
        this.steps = steps;
        this.features = features;
        this.lanes = lanes;
        this.lengths = Arrays.copyOf(lengths, lanes);
    }

    /** The elements; may be longer than {@link #size()}. */
    public float[] data() {
        return data;
    }

    /** Number of elements in use. */
    public int size() {
        return steps * features * lanes;
    }

    /** Steps of the longest sequence. */
    public int steps() {
        return steps;
    }

    /** Features of a step. */
    public int features() {
        return features;
    }

    /** Lanes: sequences side by side, padding lanes included. */
    public int lanes() {
        return lanes;
    }

    /** Steps of the sequence in a lane; 0 for a padding lane. */
    public int length(int lane) {
        return lengths[lane];
    }

    /** A copy of the steps of every lane's sequence. */
    public int[] lengths() {
        return lengths.clone();
    }

    /** Valid steps over all lanes. */
    public int validSteps() {
        return Arrays.stream(lengths).sum();
    }

    /** Zeroes a step in the lanes whose sequence has ended before it. */
    void zeroEnded(int step) {
        for (int lane = 0; lane < lanes; lane++) {
            if (step >= lengths[lane]) {
                for (int k = stepOffset(step) + lane; k < stepOffset(step + 1); k += lanes) {
                    data[k] = 0;
                }
            }
        }
    }

    /** Where the block of a step begins. */
    public int stepOffset(int step) {
        return step * features * lanes;
    }

    /** Where the lanes of a feature at a step begin. */
    public int offset(int step, int feature) {
        return (step * features + feature) * lanes;
    }
}
