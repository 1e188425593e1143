package hlstm.bench.peers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import hlstm.bench.LstmStack;
import hlstm.bench.LstmStack.Direction;
import java.util.ArrayList;
import java.util.List;

/** Takes steps with a state: one product for all gates of a layer, then the gates one by one. */
final class TorchStepStream implements PeerStream {
    private final NDManager manager;
    private final int threads;
    private final Shape inputShape;
    private final List<Cell> cells = new ArrayList<>();

    TorchStepStream(NDManager manager, LstmStack stack, int threads) {
        this.manager = manager;
        this.threads = threads;
        inputShape = new Shape(1, stack.inputWidth());
        for (List<Direction> layer : stack.layers()) {
            cells.add(new Cell(manager, layer.getFirst(), stack.width()));
        }
    }

    @Override
    public float[] run(float[] x) {
        TorchThreads.use(threads);
        try (NDManager scratch = manager.newSubManager()) {
            NDArray h = scratch.create(x, inputShape);
            for (Cell cell : cells) {
                h = cell.step(h, scratch);
            }
            return h.toFloatArray();
        }
    }

    @Override
    public void close() {
        manager.close();
    }

    /** A layer and its state. */
    private static final class Cell {
        private final NDManager manager;
        private final NDArray weights;
        private final NDArray bias;
        private NDArray h;
        private NDArray c;

        Cell(NDManager manager, Direction direction, int width) {
            this.manager = manager;
            int rows = 4 * width;
            NDArray input =
                    manager.create(direction.input(), new Shape(rows, direction.inputWidth()));
            NDArray recurrent = manager.create(direction.recurrent(), new Shape(rows, width));
            weights = NDArrays.concat(new NDList(input, recurrent), 1);
            input.close();
            recurrent.close();
            bias = manager.create(direction.bias());
            h = manager.zeros(new Shape(1, width));
            c = manager.zeros(new Shape(1, width));
        }

        NDArray step(NDArray x, NDManager scratch) {
            h.attach(scratch); // the states before go with the scratch
            c.attach(scratch);
            NDArray u = NDArrays.concat(new NDList(x, h), 1);
            NDList gates =
                    u.getNDArrayInternal().linear(u, weights, bias).singletonOrThrow().split(4, 1);
            NDArray i = Activation.sigmoid(gates.get(0));
            NDArray f = Activation.sigmoid(gates.get(1));
            NDArray g = gates.get(2).tanh();
            NDArray o = Activation.sigmoid(gates.get(3));
            c = f.muli(c).addi(i.muli(g));
            h = o.muli(c.tanh());
            h.attach(manager);
            c.attach(manager);
            return h;
        }
    }
}
