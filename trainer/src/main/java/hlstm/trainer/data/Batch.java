package hlstm.trainer.data;

import hlstm.trainer.layers.SequenceBlock;

/**
 * Utterances side by side, ready for a network. Owned by the loader that fills it, and valid until
 * that loads again.
 */
public final class Batch {
    private final SequenceBlock input = new SequenceBlock();
    private int[] indices = new int[0];
    private int[][] labels = new int[0][];

    Batch() {}

    void take(int[] indices, int[][] labels) {
        this.indices = indices;
        this.labels = labels;
    }

    /** Number of utterances; the block may have more lanes. */
    public int size() {
        return indices.length;
    }

    /** The features; utterance i is lane i. */
    public SequenceBlock input() {
        return input;
    }

    /** The index within the feature set of the utterance in a lane. */
    public int index(int lane) {
        return indices[lane];
    }

    /** The symbols of the transcript of each utterance. */
    public int[][] labels() {
        return labels;
    }
}
