package hlstm.runtime.safetensors;

import java.util.List;

/**
 * A tensor as the header of a file describes it.
 *
 * @param name its name
 * @param type its element type
 * @param shape its extents, the last one varying fastest; empty for a single element
 * @param begin first byte, counted from the end of the header
 * @param end byte behind its last one
 */
public record TensorInfo(String name, TensorType type, List<Long> shape, long begin, long end) {
    /** Copies the shape. */
    public TensorInfo {
        shape = List.copyOf(shape);
    }

    /** Number of elements. */
    public long elements() {
        return (end - begin) / type.bytes();
    }

    @Override
    public String toString() {
        return "%s %s %s".formatted(name, type, shape);
    }
}
