package hlstm.trainer.metrics;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads text that must be UTF-8. */
public final class SentenceFile {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /** What stands for standard input, which can be read once. */
    private static final Path STANDARD_INPUT = Path.of("-");

    private SentenceFile() {}

    /**
     * The lines of a file, which end in a line feed or a carriage return and a line feed.
     *
     * @throws IOException if it cannot be read, is empty or is not UTF-8
     */
    public static List<String> lines(Path file) throws IOException {
        String text = text(file);
        if (text.endsWith("\n")) {
            text = text.substring(0, text.length() - 1);
        }
        List<String> lines = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            lines.add(line.endsWith("\r") ? line.substring(0, line.length() - 1) : line);
        }
        return lines;
    }

    /**
     * The whole text, without a byte order mark, of a file or, if it is called {@code -}, of
     * standard input.
     *
     * @throws IOException if it cannot be read, is empty or is not UTF-8; says in which line
     */
    public static String text(Path file) throws IOException {
        byte[] bytes =
                file.equals(STANDARD_INPUT) ? System.in.readAllBytes() : Files.readAllBytes(file);
        if (bytes.length == 0) {
            throw new IOException(file + " is empty");
        }
        ByteBuffer left = ByteBuffer.wrap(bytes);
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(left).toString();
            return withoutMark(text);
        } catch (CharacterCodingException e) {
            int at = left.position(); // the decoder stops before what it cannot read
            long line = 1 + countLineFeeds(Arrays.copyOf(bytes, at));
            throw new IOException(
                    "%s, line %d: not UTF-8 (byte 0x%02x at offset %d); convert it, for example with iconv"
                            .formatted(file, line, bytes[at], at),
                    e);
        }
    }

    /** The beginning of a text without the byte order mark that some editors put there. */
    public static String withoutMark(String beginning) {
        return beginning.startsWith(BYTE_ORDER_MARK) ? beginning.substring(1) : beginning;
    }

    private static long countLineFeeds(byte[] bytes) {
        long count = 0;
        for (byte b : bytes) {
            count += b == '\n' ? 1 : 0;
        }
        return count;
    }
}
