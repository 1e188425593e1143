package hlstm.trainer.numpy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An array of real numbers (half, single or double precision, of either byte order) or of texts
 * that NumPy has written. Immutable but for {@link #floats}, which hands out its array.
 */
public final class NumpyArray {
    private static final int CHUNK_BYTES = 1 << 16;

    private final List<Integer> shape;
    private final float[] floats;
    private final List<String> texts;

    private NumpyArray(List<Integer> shape, float[] floats, List<String> texts) {
        this.shape = shape;
        this.floats = floats;
        this.texts = texts;
    }

    /**
     * Reads an array, which must end where the stream does.
     *
     * @param source names the array in messages
     * @throws NumpyException if it is not an array of numbers or texts; Python objects are refused
     * @throws IOException if it cannot be read or ends too early
     */
    public static NumpyArray read(InputStream in, String source) throws IOException {
        NumpyHeader header = NumpyHeader.read(in, source);
        int elements = header.elements(source);
        NumpyArray array =
                isText(header.type())
                        ? new NumpyArray(header.shape(), null, texts(in, header, elements, source))
                        : new NumpyArray(
                                header.shape(), floats(in, header, elements, source), null);
        if (in.read() >= 0) {
            throw new NumpyException(
                    "%s: expected nothing behind an array of shape %s, found more bytes"
                            .formatted(source, header.shape()));
        }
        return array;
    }

    private static boolean isText(String type) {
        return type.matches("[<>|]?[US][0-9]+");
    }

    private static float[] floats(InputStream in, NumpyHeader header, int elements, String source)
            throws IOException {
        int bytes =
                switch (header.type()) {
                    case "<f2", ">f2" -> Short.BYTES;
                    case "<f4", ">f4" -> Float.BYTES;
                    case "<f8", ">f8" -> Double.BYTES;
                    default -> throw unknownType(header.type(), source);
                };
        ByteOrder order =
                header.type().startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        // Grows with what is really there, whatever the header declares.
        float[] values = new float[Math.min(elements, CHUNK_BYTES)];
        byte[] chunk = new byte[CHUNK_BYTES];
        ByteBuffer buffer = ByteBuffer.wrap(chunk).order(order);
        int count = 0;
        while (count < elements) {
            int wanted = Math.min(CHUNK_BYTES / bytes, elements - count);
            if (in.readNBytes(chunk, 0, wanted * bytes) < wanted * bytes) {
                throw NumpyHeader.ended(source, header.shape());
            }
            if (count + wanted > values.length) {
                long twice = Math.max(count + wanted, 2L * values.length);
                values = Arrays.copyOf(values, (int) Math.min(elements, twice));
            }
            for (int k = 0; k < wanted; k++) {
                values[count++] =
                        switch (bytes) {
                            case Short.BYTES -> Float.float16ToFloat(buffer.getShort(k * bytes));
                            case Float.BYTES -> buffer.getFloat(k * bytes);
                            default -> (float) buffer.getDouble(k * bytes);
                        };
            }
        }
        return header.fortranOrder() ? rowsFirst(values, header.shape(), source) : values;
    }

    /** Elements in the order in which the last index varies fastest. */
    private static float[] rowsFirst(float[] values, List<Integer> shape, String source)
            throws NumpyException {
        if (shape.size() < 2) {
            return values;
        }
        if (shape.size() > 2) {
            throw new NumpyException(
                    "%s: expected at most two dimensions in Fortran's order, found the shape %s"
                            .formatted(source, shape));
        }
        int rows = shape.get(0);
        int columns = shape.get(1);
        float[] turned = new float[values.length];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                turned[row * columns + column] = values[column * rows + row];
            }
        }
        return turned;
    }

    private static List<String> texts(
            InputStream in, NumpyHeader header, int elements, String source) throws IOException {
        if (header.shape().size() > 1) {
            throw new NumpyException(
                    "%s: expected texts in one dimension, found the shape %s"
                            .formatted(source, header.shape()));
        }
        String type = header.type();
        boolean wide = type.contains("U");
        int characters;
        try {
            characters = Integer.parseInt(type.substring(type.indexOf(wide ? 'U' : 'S') + 1));
        } catch (NumberFormatException e) {
            throw unknownType(type, source);
        }
        long bytes = (long) characters * (wide ? Integer.BYTES : 1);
        if (bytes < 1 || bytes > CHUNK_BYTES) {
            throw new NumpyException(
                    "%s: expected texts of 1 to %d bytes, found the type %s"
                            .formatted(source, CHUNK_BYTES, type));
        }
        ByteOrder order = type.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        List<String> texts = new ArrayList<>();
        for (int k = 0; k < elements; k++) {
            byte[] text = in.readNBytes((int) bytes);
            if (text.length < bytes) {
                throw NumpyHeader.ended(source, header.shape());
            }
            texts.add(
                    wide
                            ? codePoints(ByteBuffer.wrap(text).order(order), source)
                            : new String(text, 0, length(text), StandardCharsets.UTF_8));
        }
        return List.copyOf(texts);
    }

    /** NumPy fills texts up with zeros. */
    private static int length(byte[] text) {
        int length = text.length;
        while (length > 0 && text[length - 1] == 0) {
            length--;
        }
        return length;
    }

    private static String codePoints(ByteBuffer text, String source) throws NumpyException {
        int length = text.limit() / Integer.BYTES;
        while (length > 0 && text.getInt((length - 1) * Integer.BYTES) == 0) {
            length--;
        }
        StringBuilder string = new StringBuilder(length);
        for (int k = 0; k < length; k++) {
            int codePoint = text.getInt(k * Integer.BYTES);
            if (!Character.isValidCodePoint(codePoint)) {
                throw new NumpyException(
                        "%s: expected texts of Unicode characters, found 0x%x"
                                .formatted(source, codePoint));
            }
            string.appendCodePoint(codePoint);
        }
        return string.toString();
    }

    private static NumpyException unknownType(String type, String source) {
        boolean objects = type.endsWith("O");
        return new NumpyException(
                "%s: expected numbers (f2, f4, f8) or texts (U, S), found %s"
                                .formatted(source, objects ? "Python objects" : "the type " + type)
                        + (objects ? "; write names as np.array(names, dtype=str)" : ""));
    }

    /** The extents. */
    public List<Integer> shape() {
        return shape;
    }

    /** Whether the elements are texts. */
    public boolean isText() {
        return texts != null;
    }

    /**
     * The numbers, the last index varying fastest: the array itself, not a copy.
     *
     * @throws IllegalStateException if the elements are texts
     */
    public float[] floats() {
        if (isText()) {
            throw new IllegalStateException("the elements are texts");
        }
        return floats;
    }

    /**
     * The texts.
     *
     * @throws IllegalStateException if the elements are numbers
     */
    public List<String> texts() {
        if (!isText()) {
            throw new IllegalStateException("the elements are numbers");
        }
        return texts;
    }
}
