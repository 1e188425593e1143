package hlstm.bench.peers;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import hlstm.bench.CaptionStack;
import hlstm.bench.onnx.FloatLstm;
import hlstm.bench.onnx.LstmOperator;
import hlstm.bench.onnx.OnnxCaptioner;
import hlstm.runtime.search.BeamSettings;

/**
 * A captioner with a stack of LSTM layers in ONNX Runtime, on the calling thread; a run is a
 * caption. The search is this project's; all hypotheses take a step at once.
 */
public final class OnnxCaptionPeer implements Peer {
    private final OrtEnvironment environment;
    private final OrtSession image;
    private final OrtSession step;
    private final CaptionStack captioner;
    private final BeamSettings beam;
    private final int mostWords;
    private final long modelBytes;

    private OnnxCaptionPeer(
            CaptionStack captioner, LstmOperator operator, BeamSettings beam, int mostWords)
            throws PeerUnavailableException {
        environment = OnnxPeer.environment();
        byte[] imageModel = OnnxCaptioner.image(captioner);
        byte[] stepModel = OnnxCaptioner.step(captioner, operator, beam.width());
        modelBytes = (long) imageModel.length + stepModel.length;
        image = OnnxPeer.session(environment, imageModel, 1);
        step = OnnxPeer.session(environment, stepModel, 1);
        this.captioner = captioner;
        this.beam = beam;
        this.mostWords = mostWords;
    }

    /**
     * A captioner in float32.
     *
     * @param mostWords of a caption
     * @throws PeerUnavailableException if the runtime's library cannot be loaded here
     */
    public static OnnxCaptionPeer float32(CaptionStack captioner, BeamSettings beam, int mostWords)
            throws PeerUnavailableException {
        return new OnnxCaptionPeer(captioner, new FloatLstm(), beam, mostWords);
    }

    /**
     * A captioner whose layers have weights of int8, its output layer those of float32; parameters
     * as for {@link #float32}.
     *
     * @throws PeerUnavailableException if the runtime's library cannot be loaded here
     */
    public static OnnxCaptionPeer int8(CaptionStack captioner, BeamSettings beam, int mostWords)
            throws PeerUnavailableException {
        return new OnnxCaptionPeer(captioner, OnnxPeer.int8Operator(), beam, mostWords);
    }

    @Override
    public long weights() {
        return captioner.layers().weights();
    }

    @Override
    public long modelBytes() {
        return modelBytes;
    }

    /** Its runs take the features of an image and give the logarithm of the best probability. */
    @Override
    public PeerStream newStream() {
        try {
            return new OnnxCaptionStream(environment, image, step, captioner, beam, mostWords);
        } catch (OrtException e) {
            throw OnnxPeer.failure(e);
        }
    }

    @Override
    public void close() {
        try {
            image.close();
            step.close();
        } catch (OrtException e) {
            throw OnnxPeer.failure(e);
        }
    }
}
