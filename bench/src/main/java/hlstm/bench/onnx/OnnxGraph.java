package hlstm.bench.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * An ONNX model in the making: nodes in the order in which they are to be computed, their weights,
 * and what goes in and comes out. Field numbers are those of {@code onnx.proto3}.
 */
final class OnnxGraph {
    /** The domain of the operators that ONNX Runtime adds to the standard. */
    static final String MICROSOFT = "com.microsoft";

    private static final int IR_VERSION = 8;
    private static final int OPSET = 17;

    private static final int FLOAT = 1;
    private static final int INT8 = 3;
    private static final int INT64 = 7;

    private static final int ATTRIBUTE_INT = 2;
    private static final int ATTRIBUTE_STRING = 3;

    private final ProtobufMessage graph = new ProtobufMessage();

    OnnxGraph(String name) {
        graph.text(2, name);
    }

    /**
     * Declares an input of float32.
     *
     * @param shape a number or the name of an unknown size for each dimension
     */
    void input(String name, Object... shape) {
        graph.message(11, value(name, shape));
    }

    /** Declares which result is an output of float32; shape as for {@link #input}. */
    void output(String name, Object... shape) {
        graph.message(12, value(name, shape));
    }

    /** Adds float32 weights. */
    void floats(String name, float[] values, long... shape) {
        ByteBuffer bytes =
                ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        initializer(name, FLOAT, bytes.array(), shape);
    }

    /** Adds int8 weights. */
    void bytes(String name, byte[] values, long... shape) {
        initializer(name, INT8, values, shape);
    }

    /** Adds a vector of indices or sizes. */
    void indices(String name, long... values) {
        ByteBuffer bytes =
                ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asLongBuffer().put(values);
        initializer(name, INT64, bytes.array(), values.length);
    }

    /** Adds a node of the standard operators; an empty name leaves an input or output out. */
    Node node(String operator, List<String> inputs, List<String> outputs) {
        return node("", operator, inputs, outputs);
    }

    /** Adds a node of the operators of a domain. */
    Node node(String domain, String operator, List<String> inputs, List<String> outputs) {
        return new Node(domain, operator, inputs, outputs);
    }

    /** A node without its attributes; {@link #add} ends it. */
    final class Node {
        private final ProtobufMessage node = new ProtobufMessage();

        private Node(String domain, String operator, List<String> inputs, List<String> outputs) {
            inputs.forEach(name -> node.text(1, name));
            outputs.forEach(name -> node.text(2, name));
            node.text(4, operator);
            node.text(7, domain);
        }

        Node attribute(String name, long value) {
            node.message(
                    5,
                    new ProtobufMessage()
                            .text(1, name)
                            .integer(3, value)
                            .integer(20, ATTRIBUTE_INT));
            return this;
        }

        Node attribute(String name, String value) {
            node.message(
                    5,
                    new ProtobufMessage()
                            .text(1, name)
                            .text(4, value)
                            .integer(20, ATTRIBUTE_STRING));
            return this;
        }

        void add() {
            graph.message(1, node);
        }
    }

    /** The model as a file holds it. */
    byte[] toByteArray() {
        return new ProtobufMessage()
                .integer(1, IR_VERSION)
                .text(2, "hlstm")
                .message(7, graph)
                .message(8, new ProtobufMessage().text(1, "").integer(2, OPSET))
                .message(8, new ProtobufMessage().text(1, MICROSOFT).integer(2, 1))
                .toByteArray();
    }

    private void initializer(String name, int type, byte[] raw, long... shape) {
        ProtobufMessage tensor = new ProtobufMessage();
        for (long size : shape) {
            tensor.integer(1, size);
        }
        graph.message(5, tensor.integer(2, type).text(8, name).bytes(9, raw));
    }

    private static ProtobufMessage value(String name, Object... shape) {
        ProtobufMessage dimensions = new ProtobufMessage();
        for (Object size : shape) {
            ProtobufMessage dimension = new ProtobufMessage();
            if (size instanceof Integer known) {
                dimension.integer(1, known);
            } else {
                dimension.text(2, (String) size);
            }
            dimensions.message(1, dimension);
        }
        ProtobufMessage tensor = new ProtobufMessage().integer(1, FLOAT).message(2, dimensions);
        return new ProtobufMessage()
                .text(1, name)
                .message(2, new ProtobufMessage().message(1, tensor));
    }
}
