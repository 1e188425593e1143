package hlstm.runtime.safetensors;

import java.util.List;

/**
 * A tensor without its values, but with a digest of them.
 *
 * @param type its element type
 * @param shape its extents, the last one varying fastest
 * @param sha256 SHA-256 of its bytes as they lie in a file, in 64 lower-case hexadecimal digits
 */
public record TensorDigest(TensorType type, List<Long> shape, String sha256) {
    /** Copies the shape. */
    public TensorDigest {
        shape = List.copyOf(shape);
    }
}
