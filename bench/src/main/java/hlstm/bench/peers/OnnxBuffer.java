package hlstm.bench.peers;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * A tensor of ONNX Runtime over a buffer that Java reads and writes, without a copy between.
 *
 * @param tensor what the runtime sees
 * @param floats the same memory
 */
record OnnxBuffer(OnnxTensor tensor, FloatBuffer floats) implements AutoCloseable {
    /** A tensor of zeros. */
    static OnnxBuffer zeros(OrtEnvironment environment, long... shape) throws OrtException {
        long length = Float.BYTES;
        for (long size : shape) {
            length *= size;
        }
        FloatBuffer floats =
                ByteBuffer.allocateDirect(Math.toIntExact(length))
                        .order(ByteOrder.nativeOrder())
                        .asFloatBuffer();
        return new OnnxBuffer(OnnxTensor.createTensor(environment, floats, shape), floats);
    }

    @Override
    public void close() {
        tensor.close();
    }
}
