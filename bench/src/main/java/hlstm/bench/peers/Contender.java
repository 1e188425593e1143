package hlstm.bench.peers;

import hlstm.bench.LaneBlocks;
import hlstm.bench.LstmStack;
import hlstm.sparse.Geometry;
import java.io.IOException;

/** What is held against each other: runtimes, and ours with several kinds of weights. */
public enum Contender {
    /** Ours: the H-LSTM with connections in blocks of rows that suit the machine. */
    HLSTM("hlstm") {
        @Override
        public Peer load(PeerCase of, LstmStack stack, int threads) throws IOException {
            return HlstmPeer.of(of.hlstm(LaneBlocks.ofThisMachine()), of.steps(), threads);
        }
    },
    /** Ours: the H-LSTM with connections in balanced banks. */
    HLSTM_BANKED("hlstm-banked") {
        @Override
        public Peer load(PeerCase of, LstmStack stack, int threads) throws IOException {
            return HlstmPeer.of(of.hlstm(Geometry.BANKED_8), of.steps(), threads);
        }
    },
    /** Ours: the H-LSTM with connections one by one. */
    HLSTM_CSR("hlstm-csr") {
        @Override
        public Peer load(PeerCase of, LstmStack stack, int threads) throws IOException {
            return HlstmPeer.of(of.hlstm(Geometry.PLAIN), of.steps(), threads);
        }
    },
    /** Ours: the dense stack. */
    HLSTM_DENSE("hlstm-dense") {
        @Override
        public Peer load(PeerCase of, LstmStack stack, int threads) throws IOException {
            return HlstmPeer.of(stack.model(), of.steps(), threads);
        }
    },
    /** ONNX Runtime in float32. */
    ONNX_FLOAT32("onnxruntime-f32") {
        @Override
        public Peer load(PeerCase of, LstmStack stack, int threads)
                throws PeerUnavailableException {
            return OnnxPeer.float32(stack, of.steps(), threads);
        }
    },
    /** ONNX Runtime with int8 weights. */
    ONNX_INT8("onnxruntime-int8") {
        @Override
        public Peer load(PeerCase of, LstmStack stack, int threads)
                throws PeerUnavailableException {
            return OnnxPeer.int8(stack, of.steps(), threads);
        }
    },
    /** PyTorch by way of DJL. */
    TORCH("djl-pytorch") {
        @Override
        public Peer load(PeerCase of, LstmStack stack, int threads)
                throws PeerUnavailableException {
            return TorchPeer.of(stack, of.steps(), threads);
        }
    };

    private final String label;

    Contender(String label) {
        this.label = label;
    }

    /** The name in tables. */
    public String label() {
        return label;
    }

    /**
     * Loads its network of a case.
     *
     * @param stack the dense stack of the case
     * @param threads that compute one step
     * @throws PeerUnavailableException if it cannot be used here
     * @throws IOException if there is no room for temporary files
     */
    public abstract Peer load(PeerCase of, LstmStack stack, int threads)
            throws PeerUnavailableException, IOException;
}
