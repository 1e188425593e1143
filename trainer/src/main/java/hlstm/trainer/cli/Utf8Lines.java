package hlstm.trainer.cli;

import hlstm.trainer.metrics.SentenceFile;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads lines as they come. A line ends with a line feed and nothing else, so that there are as
 * many lines as the sender counted; a carriage return before it is dropped, and so is a byte order
 * mark before the first line. Bytes that are no UTF-8 become U+FFFD.
 */
final class Utf8Lines {
    private final InputStream in;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean first = true;
    private boolean damaged;

    Utf8Lines(InputStream in) {
        this.in = new BufferedInputStream(in);
    }

    /** The next line; null at the end. */
    String next() throws IOException {
        String line = decoded();
        boolean marked = first && line != null;
        first = false;
        return marked ? SentenceFile.withoutMark(line) : line;
    }

    private String decoded() throws IOException {
        bytes.reset();
        int b = in.read();
        if (b < 0) {
            return null;
        }
        while (b >= 0 && b != '\n') {
            bytes.write(b);
            b = in.read();
        }
        byte[] line = bytes.toByteArray();
        int length = line.length;
        if (length > 0 && line[length - 1] == '\r') {
            length--;
        }
        damaged = false;
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line, 0, length))
                    .toString();
        } catch (CharacterCodingException e) {
            damaged = true;
            return new String(line, 0, length, StandardCharsets.UTF_8);
        }
    }

    /** Whether the last line held bytes that are no UTF-8. */
    boolean isDamaged() {
        return damaged;
    }
}
