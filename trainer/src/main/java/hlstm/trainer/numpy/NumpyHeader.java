package hlstm.trainer.numpy;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What stands before the elements of an array in NumPy's format
 * (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html), versions 1 to 3.
 *
 * @param type the elements, such as {@code <f4} or {@code <U25}
 * @param fortranOrder whether the first index varies fastest
 * @param shape the extents
 */
record NumpyHeader(String type, boolean fortranOrder, List<Integer> shape) {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

    /** NumPy itself refuses longer headers unless it is told to trust the file. */
    private static final int MOST_BYTES = 10_000;

    NumpyHeader {
        shape = List.copyOf(shape);
    }

    /**
     * Reads the header and leaves the stream at the first element.
     *
     * @param source names the array in messages
     * @throws NumpyException if it is not such a header
     */
    static NumpyHeader read(InputStream in, String source) throws IOException {
        byte[] start = read(in, MAGIC.length + 2, source);
        for (int k = 0; k < MAGIC.length; k++) {
            if (start[k] != MAGIC[k]) {
                throw new NumpyException(
                        source + ": expected an array of NumPy (\\x93NUMPY), found other bytes");
            }
        }
        int version = start[MAGIC.length];
        if (version < 1 || version > 3) {
            throw new NumpyException(
                    "%s: expected version 1 to 3 of NumPy's format, found %d"
                            .formatted(source, version));
        }
        byte[] length = read(in, version == 1 ? 2 : 4, source);
        long bytes = 0;
        for (int k = length.length - 1; k >= 0; k--) {
            bytes = bytes << 8 | length[k] & 0xff;
        }
        if (bytes > MOST_BYTES) {
            throw new NumpyException(
                    "%s: expected a header of at most %d bytes, found %d"
                            .formatted(source, MOST_BYTES, bytes));
        }
        String text = new String(read(in, (int) bytes, source), StandardCharsets.UTF_8);
        return new NumpyHeaderParser(text, source).parse();
    }

    private static byte[] read(InputStream in, int count, String source) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new NumpyException(source + ": ends within the header of the array");
        }
        return bytes;
    }

    /**
     * Number of elements.
     *
     * @throws NumpyException if there are more than an array holds
     */
    int elements(String source) throws NumpyException {
        long count = 1;
        for (int extent : shape) {
            count *= extent;
            if (count > Integer.MAX_VALUE - 8) {
                throw new NumpyException(
                        "%s: expected at most %,d elements, found the shape %s"
                                .formatted(source, Integer.MAX_VALUE - 8, shape));
            }
        }
        return (int) count;
    }

    /** A complaint about missing elements. */
    static EOFException ended(String source, List<Integer> shape) {
        return new EOFException(
                "%s: ends before the elements of an array of shape %s".formatted(source, shape));
    }
}
