package hlstm.bench.peers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import hlstm.bench.LstmStack;
import hlstm.bench.LstmStack.Direction;
import hlstm.runtime.Directions;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes whole sequences of one length, a layer at a time: PyTorch would give the directions of a
 * bidirectional layer to the next side by side, and here they may be added.
 */
final class TorchSequenceStream implements PeerStream {
    private static final int DIRECTIONS_AXIS = 2;

    private final NDManager manager;
    private final int threads;
    private final boolean bidirectional;
    private final boolean summed;
    private final Shape inputShape;
    private final Shape directionsShape;
    private final NDArray zeros;
    private final List<NDList> layers = new ArrayList<>();

    TorchSequenceStream(NDManager manager, LstmStack stack, int steps, int threads) {
        this.manager = manager;
        this.threads = threads;
        bidirectional = stack.bidirectional();
        summed = stack.directions() == Directions.SUMMED;
        int directions = bidirectional ? 2 : 1;
        int width = stack.width();
        inputShape = new Shape(steps, 1, stack.inputWidth());
        directionsShape = new Shape(steps, 1, directions, width);
        zeros = manager.zeros(new Shape(directions, 1, width));
        int rows = 4 * width;
        for (List<Direction> layer : stack.layers()) {
            NDList weights = new NDList();
            for (Direction direction : layer) {
                Shape inputs = new Shape(rows, direction.inputWidth());
                weights.add(manager.create(direction.input(), inputs));
                weights.add(manager.create(direction.recurrent(), new Shape(rows, width)));
                weights.add(manager.create(direction.bias()));
                weights.add(manager.zeros(new Shape(rows))); // PyTorch has a second bias
            }
            layers.add(weights);
        }
    }

    @Override
    public float[] run(float[] x) {
        TorchThreads.use(threads);
        try (NDManager scratch = manager.newSubManager()) {
            NDArray y = scratch.create(x, inputShape);
            for (NDList weights : layers) {
                NDArray both = layer(y, weights);
                y = summed ? both.reshape(directionsShape).sum(new int[] {DIRECTIONS_AXIS}) : both;
            }
            return y.toFloatArray();
        }
    }

    private NDArray layer(NDArray x, NDList weights) {
        NDList state = new NDList(zeros, zeros);
        return x.getNDArrayInternal()
                .lstm(x, state, weights, true, 1, 0, false, bidirectional, false)
                .getFirst();
    }

    @Override
    public void close() {
        manager.close();
    }
}
