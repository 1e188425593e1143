package hlstm.trainer.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** The events of a run, appended to a file as one JSON object a line. For one writer. */
final class EventLog implements AutoCloseable {
    private static final JsonMapper MAPPER =
            JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    private final Path file;
    private final FileChannel channel;

    private EventLog(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Opens the log and drops what came after a checkpoint.
     *
     * @param length bytes that stay, as {@link #length} told when the checkpoint was written
     * @throws RunException if the log is shorter than that
     */
    static EventLog open(Path file, long length) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.size() < length) {
                throw new RunException(
                        ("%s has %d bytes, its checkpoint was written after %d: restore the file"
                                        + " or start a new run")
                                .formatted(file, channel.size(), length));
            }
            channel.truncate(length);
            channel.position(length);
            return new EventLog(file, channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /**
     * Appends a line.
     *
     * @throws RunException if the disk does not take it
     */
    void append(RunEvent event) throws IOException {
        ByteBuffer line =
                ByteBuffer.wrap(
                        (MAPPER.writeValueAsString(event) + "\n").getBytes(StandardCharsets.UTF_8));
        try {
            while (line.hasRemaining()) {
                channel.write(line);
            }
        } catch (IOException e) {
            throw new RunException(
                    "cannot write %s: %s. Make room, then continue with --resume"
                            .formatted(file, e.getMessage()),
                    e);
        }
    }

    /** Bytes so far, once they are on disk. */
    long length() throws IOException {
        channel.force(false);
        return channel.position();
    }

    /**
     * The events of a run, which may still be going on; a last line that is not whole yet is left
     * out.
     *
     * @throws RunException if another line is no event
     */
    static List<RunEvent> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        String text = Files.readString(file);
        List<RunEvent> events = new ArrayList<>();
        int line = 0;
        int begin = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', begin)) {
            line++;
            try {
                events.add(MAPPER.readValue(text.substring(begin, end), RunEvent.class));
            } catch (JsonProcessingException e) {
                throw new RunException(
                        "%s, line %d is no event: %s".formatted(file, line, e.getOriginalMessage()),
                        e);
            }
            begin = end + 1;
        }
        return events;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
