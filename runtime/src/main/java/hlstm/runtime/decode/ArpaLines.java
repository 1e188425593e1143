package hlstm.runtime.decode;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** The lines of a text in UTF-8, compressed by gzip or not, with their numbers. */
final class ArpaLines {
    /** No line may be longer, in bytes, so that a hostile file cannot fill the memory with one. */
    static final int MAX_LINE = 1 << 16;

    private static final int GZIP_MAGIC = 0x1f8b;
    private static final int BUFFER = 1 << 16;

    private final InputStream in;
    private final String name;
    private final byte[] line = new byte[MAX_LINE];
    private long number;

    ArpaLines(InputStream in, String name) throws IOException {
        this.name = name;
        BufferedInputStream buffered = new BufferedInputStream(in, BUFFER);
        buffered.mark(2);
        int magic = buffered.read() << 8 | buffered.read();
        buffered.reset();
        if (magic != GZIP_MAGIC) {
            this.in = buffered;
            return;
        }
        try {
            this.in = new BufferedInputStream(new GZIPInputStream(buffered, BUFFER), BUFFER);
        } catch (EOFException | ZipException e) {
            throw broken(e);
        }
    }

    /** The next line without its end, or null after the last one. */
    String next() throws IOException {
        number++;
        int length = 0;
        try {
            int b = in.read();
            if (b < 0) {
                return null;
            }
            for (; b >= 0 && b != '\n'; b = in.read()) {
                if (length == MAX_LINE) {
                    throw error("expected a line of at most %d bytes".formatted(MAX_LINE));
                }
                line[length++] = (byte) b;
            }
        } catch (EOFException | ZipException e) {
            throw broken(e);
        }
        if (length > 0 && line[length - 1] == '\r') {
            length--;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line, 0, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ArpaFormatException(
                    name, number, "expected text in UTF-8, found other bytes", e);
        }
    }

    /** The number of the line read last, from 1. */
    long number() {
        return number;
    }

    /** A complaint about the line read last. */
    ArpaFormatException error(String complaint) {
        return new ArpaFormatException(name, number, complaint);
    }

    private ArpaFormatException broken(IOException cause) {
        return new ArpaFormatException(
                name,
                number,
                "the compressed file is cut off or damaged from here on (%s); fetch it again"
                        .formatted(cause.getMessage()),
                cause);
    }
}
