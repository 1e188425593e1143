package hlstm.bench.plot;

import hlstm.bench.LaneBlocks;
import hlstm.bench.LstmStack;
import hlstm.bench.RandomArrays;
import hlstm.bench.RandomModels;
import hlstm.bench.peers.HlstmPeer;
import hlstm.bench.peers.OnnxPeer;
import hlstm.bench.peers.PeerUnavailableException;
import hlstm.sparse.DenseMatrix;
import hlstm.sparse.Geometry;
import hlstm.sparse.SparseMatrix;
import hlstm.sparse.SparsityPattern;
import java.util.List;
import java.util.SplittableRandom;

/** What the plots show. */
final class Sweeps {
    /** The line that others are held against in the plot by density. */
    static final String DENSE = "dense";

    private static final long SEED = 7;

    private Sweeps() {}

    /** Products of one shape: over densities, and the dense one. */
    static Sweep byDensity(int rows, int columns, List<Double> densities) {
        Sweep sweep = new Sweep();
        for (Geometry geometry : geometries()) {
            for (double density : densities) {
                SparsityPattern pattern =
                        SparsityPattern.random(
                                rows, columns, geometry, density, new SplittableRandom(SEED));
                float[] values = RandomArrays.gaussian(pattern.nonzeros(), SEED);
                sweep.add(
                        geometry.label(),
                        (double) pattern.nonzeros() / ((long) rows * columns),
                        new ProductPeer(new SparseMatrix(pattern, values)),
                        columns);
            }
        }
        float[] values = RandomArrays.gaussian(rows * columns, SEED);
        sweep.add(DENSE, 1, new ProductPeer(new DenseMatrix(rows, columns, values)), columns);
        return sweep;
    }

    /**
     * Steps of one layer: sparse H-LSTMs of one width with more or fewer weights, and dense LSTMs
     * that are wider or narrower, in this runtime and in ONNX Runtime.
     *
     * @param width of the H-LSTMs, and of all inputs
     * @param missing takes a line if ONNX Runtime cannot be used here
     */
    static Sweep byWeights(
            int width, List<Long> weights, List<Integer> lstmWidths, List<String> missing) {
        Sweep sweep = new Sweep();
        for (Geometry geometry : geometries()) {
            for (long count : weights) {
                HlstmPeer peer =
                        HlstmPeer.of(
                                RandomModels.hlstm(width, width, 1, false, geometry, count).build(),
                                null);
                sweep.add("H-LSTM, " + geometry.label(), peer.weights(), peer, width);
            }
        }
        for (int lstmWidth : lstmWidths) {
            LstmStack stack = LstmStack.random(width, lstmWidth, 1, false, SEED);
            HlstmPeer peer = HlstmPeer.of(stack.model().build(), null);
            sweep.add("LSTM, dense", stack.weights(), peer, width);
        }
        try {
            for (int lstmWidth : lstmWidths) {
                LstmStack stack = LstmStack.random(width, lstmWidth, 1, false, SEED);
                sweep.add(
                        "LSTM, ONNX Runtime f32",
                        stack.weights(),
                        OnnxPeer.float32(stack, 1, 1),
                        width);
            }
        } catch (PeerUnavailableException e) {
            missing.add("onnxruntime-f32: " + e.getMessage());
        }
        return sweep;
    }

    private static List<Geometry> geometries() {
        return List.of(LaneBlocks.ofThisMachine(), Geometry.BANKED_8, Geometry.PLAIN);
    }
}
