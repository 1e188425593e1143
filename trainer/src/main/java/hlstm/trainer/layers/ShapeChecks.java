package hlstm.trainer.layers;

/** What layers ask of the blocks that they are given. */
final class ShapeChecks {
    private ShapeChecks() {}

    static void checkInput(String name, int width, SequenceBlock input) {
        if (input.features() != width) {
            throw new IllegalArgumentException(
                    "%s takes %d features, found %d".formatted(name, width, input.features()));
        }
    }

    /**
     * Checks what a backward pass is given.
     *
     * @param input the input of the forward pass before, or null
     */
    static void checkBackward(
            String name, SequenceBlock input, SequenceBlock output, SequenceBlock gradient) {
        if (input == null) {
            throw new IllegalStateException(name + ": a backward pass needs a forward pass before");
        }
        if (gradient.steps() != output.steps()
                || gradient.features() != output.features()
                || gradient.lanes() != output.lanes()) {
            throw new IllegalArgumentException(
                    "%s: expected an output gradient of %d steps x %d features x %d lanes, found %d x %d x %d"
                            .formatted(
                                    name,
                                    output.steps(),
                                    output.features(),
                                    output.lanes(),
                                    gradient.steps(),
                                    gradient.features(),
                                    gradient.lanes()));
        }
    }
}
