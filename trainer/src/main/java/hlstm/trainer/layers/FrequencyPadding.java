package hlstm.trainer.layers;

/**
 * Features of zero before the first and behind the last of each step. Where there are none, blocks
 * are passed on without a copy.
 */
final class FrequencyPadding {
    private final int width;
    private final int features;
    private final SequenceBlock block = new SequenceBlock();

    /**
     * A padding.
     *
     * @param width features without the padding
     * @param features added on either side
     */
    FrequencyPadding(int width, int features) {
        this.width = width;
        this.features = features;
    }

    boolean isNone() {
        return features == 0;
    }

    /** The padded block: that of the last {@link #add}, until it is written over. */
    SequenceBlock block() {
        return block;
    }

    /** The input with padding. */
    SequenceBlock add(SequenceBlock input, Workers workers) {
        if (isNone()) {
            return input;
        }
        int lanes = input.lanes();
        block.reshape(input.steps(), width + 2 * features, lanes, input.lengths());
        workers.run(
                input.steps(),
                step ->
                        System.arraycopy(
                                input.data(),
                                input.stepOffset(step),
                                block.data(),
                                block.offset(step, features),
                                width * lanes));
        return block;
    }

    /** The padded block without its padding. */
    SequenceBlock remove(SequenceBlock into, Workers workers) {
        int lanes = block.lanes();
        into.reshape(block.steps(), width, lanes, block.lengths());
        workers.run(
                block.steps(),
                step ->
                        System.arraycopy(
                                block.data(),
                                block.offset(step, features),
                                into.data(),
                                into.stepOffset(step),
                                width * lanes));
        return into;
    }
}
