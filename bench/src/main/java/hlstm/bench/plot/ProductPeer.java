package hlstm.bench.plot;

import hlstm.bench.peers.Peer;
import hlstm.bench.peers.PeerStream;
import hlstm.sparse.KernelProviders;
import hlstm.sparse.Kernels;
import hlstm.sparse.Matrix;
import hlstm.sparse.PackedMatrix;
import hlstm.sparse.WeightPool;

/** A matrix, whose product with a vector is a run. */
final class ProductPeer implements Peer {
    private final PackedMatrix matrix;

    ProductPeer(Matrix matrix) {
        this.matrix =
                PackedMatrix.pack(
                        matrix, WeightPool.ofModel((long) matrix.rows() * matrix.columns()));
    }

    @Override
    public long weights() {
        return matrix.weights();
    }

    @Override
    public long modelBytes() {
        return Float.BYTES * weights();
    }

    @Override
    public PeerStream newStream() {
        Kernels kernels = KernelProviders.get();
        float[] bias = new float[matrix.rows()];
        float[] y = new float[matrix.rows()];
        return x -> {
            kernels.multiply(matrix, x, 0, bias, 0, y, 0);
            return y;
        };
    }
}
