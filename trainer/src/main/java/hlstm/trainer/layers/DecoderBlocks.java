package hlstm.trainer.layers;

import java.util.ArrayList;
import java.util.List;

/**
 * The activations of an {@link AttentionDecoder} over a batch and their gradients. Shards work on
 * lanes of their own.
 */
final class DecoderBlocks {
    /** Far from the streams of layers, which are hashes of their names. */
    private static final int DROPOUT_STREAM = 0x61747464;

    private final int width;
    private final float dropout;
    private final List<SequenceBlock> inputs = new ArrayList<>();
    private final List<SequenceBlock> inputGradients = new ArrayList<>();
    private final SequenceBlock combined = new SequenceBlock();
    private final SequenceBlock attentional = new SequenceBlock();
    private final SequenceBlock output = new SequenceBlock();
    private final SequenceBlock attentionalGradient = new SequenceBlock();
    private final SequenceBlock memoryGradient = new SequenceBlock();
    private final SequenceBlock keysOfGeneral = new SequenceBlock();
    private final SequenceBlock keysGradientOfGeneral = new SequenceBlock();
    private final boolean general;
    private SequenceBlock memory;

    /**
     * Blocks without a shape.
     *
     * @param dropout rate between cells and on the output
     */
    DecoderBlocks(int cells, int width, boolean general, float dropout) {
        this.width = width;
        this.general = general;
        this.dropout = dropout;
        for (int n = 0; n < cells; n++) {
            inputs.add(new SequenceBlock());
            inputGradients.add(new SequenceBlock());
        }
    }

    /** Takes the shapes of a batch for its forward pass. */
    void reshape(SequenceBlock target, SequenceBlock source) {
        memory = source;
        for (int n = 0; n < inputs.size(); n++) {
            like(target, inputs.get(n), n == 0 ? target.features() + width : width);
        }
        like(target, combined, 2 * width);
        like(target, attentional, width);
        like(target, output, width);
        if (general) {
            like(source, keysOfGeneral, width);
        }
    }

    /** Zeroes the gradients. */
    void reshapeGradients() {
        for (int n = 0; n < inputs.size(); n++) {
            like(inputs.get(n), inputGradients.get(n), inputs.get(n).features());
        }
        like(output, attentionalGradient, width);
        like(memory, memoryGradient, width);
        if (general) {
            like(memory, keysGradientOfGeneral, width);
        }
    }

    private static void like(SequenceBlock shape, SequenceBlock block, int features) {
        block.reshape(shape.steps(), features, shape.lanes(), shape.lengths());
    }

    /** What a cell reads; the first one embeddings and, behind them, the attentional vectors. */
    SequenceBlock input(int cell) {
        return inputs.get(cell);
    }

    SequenceBlock inputGradient(int cell) {
        return inputGradients.get(cell);
    }

    /** The context and, behind it, the output of the last cell. */
    SequenceBlock combined() {
        return combined;
    }

    /** Attentional vectors before dropout. */
    SequenceBlock attentional() {
        return attentional;
    }

    /** Attentional vectors after dropout. */
    SequenceBlock output() {
        return output;
    }

    /** Gradient of the attentional vectors before tanh. */
    SequenceBlock attentionalGradient() {
        return attentionalGradient;
    }

    /** The vectors of the source. */
    SequenceBlock memory() {
        return memory;
    }

    SequenceBlock memoryGradient() {
        return memoryGradient;
    }

    /** What queries are multiplied with: of dot attention the vectors of the source themselves. */
    SequenceBlock keys() {
        return general ? keysOfGeneral : memory;
    }

    SequenceBlock keysGradient() {
        return general ? keysGradientOfGeneral : memoryGradient;
    }

    /**
     * Drops elements of a step of some lanes, or of their gradient.
     *
     * @param place 1 and more: below the cell of this number; the number of cells: the output
     */
    void drop(int place, SequenceBlock block, int step, int firstLane, int lanes, Pass pass) {
        if (pass.training() && dropout > 0) {
            DropoutMask.apply(
                    dropout,
                    DropoutMask.key(pass.seed(), DROPOUT_STREAM + place, step),
                    block.data(),
                    block.stepOffset(step) + firstLane,
                    block.lanes(),
                    width,
                    lanes,
                    firstLane);
        }
    }
}
