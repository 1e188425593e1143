package hlstm.trainer.layers;

import java.util.List;

/**
 * Inverted dropout: in training, elements become zero with probability {@code rate} and the others
 * grow by {@code 1 / (1 - rate)}; in inference the layer passes its input through, without a copy.
 */
public final class DropoutLayer implements Layer {
    private final int layer;
    private final int width;
    private final float rate;
    private final SequenceBlock output = new SequenceBlock();
    private final SequenceBlock inputGradient = new SequenceBlock();

    /**
     * A layer that drops elements of its input.
     *
     * @param name the layer's name within the network; it decides what is dropped
     * @param rate probability of an element to be dropped, in [0, 1)
     */
    public DropoutLayer(String name, int width, float rate) {
        DropoutMask.checkRate(rate);
        this.layer = name.hashCode();
        this.width = width;
        this.rate = rate;
    }

    @Override
    public int inputWidth() {
        return width;
    }

    @Override
    public int outputWidth() {
        return width;
    }

    @Override
    public List<Parameter> parameters() {
        return List.of();
    }

    @Override
    public SequenceBlock forward(SequenceBlock input, Pass pass) {
        return drop(input, output, pass);
    }

    @Override
    public SequenceBlock backward(
            SequenceBlock outputGradient, boolean inputGradientWanted, Pass pass) {
        return inputGradientWanted ? drop(outputGradient, inputGradient, pass) : null;
    }

    private SequenceBlock drop(SequenceBlock from, SequenceBlock to, Pass pass) {
        if (!pass.training() || rate == 0) {
            return from;
        }
        int lanes = from.lanes();
        to.reshape(from.steps(), width, lanes, from.lengths());
        pass.workers()
                .run(
                        from.steps(),
                        step -> {
                            int offset = from.stepOffset(step);
                            System.arraycopy(from.data(), offset, to.data(), offset, width * lanes);
                            DropoutMask.apply(
                                    rate,
                                    DropoutMask.key(pass.seed(), layer, step),
                                    to.data(),
                                    offset,
                                    lanes,
                                    width,
                                    lanes,
                                    0);
                        });
        return to;
    }
}
