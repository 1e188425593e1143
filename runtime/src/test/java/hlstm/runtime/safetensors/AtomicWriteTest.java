package hlstm.runtime.safetensors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After a write there is the new file or the old one, and nothing else in the folder. */
final class AtomicWriteTest {
    private static final ByteBuffer OLD = ByteBuffer.wrap(new byte[] {1, 2, 3});

    @TempDir private Path folder;

    @Test
    void oldFileIsReplaced() throws Exception {
        Path file = folder.resolve("model");
        Files.write(file, OLD.array());
        AtomicFile.write(file, channel -> channel.write(ByteBuffer.wrap(new byte[] {9})));
        assertArrayEquals(new byte[] {9}, Files.readAllBytes(file));
        assertEquals(List.of(file), content());
    }

    @Test
    void fullDiskLeavesTheOldFile() throws Exception {
        Path file = folder.resolve("model");
        Files.write(file, OLD.array());
        IOException e =
                assertThrows(
                        IOException.class,
                        () ->
                                AtomicFile.write(
                                        file,
                                        channel -> {
                                            channel.write(ByteBuffer.wrap(new byte[100]));
                                            throw new IOException("No space left on device");
                                        }));
        assertTrue(e.getMessage().contains("cannot write " + file), e.getMessage());
        assertTrue(e.getMessage().contains("No space left on device"), e.getMessage());
        assertArrayEquals(OLD.array(), Files.readAllBytes(file));
        assertEquals(List.of(file), content());
    }

    @Test
    void errorsOfTheWriterLeaveTheOldFile() throws Exception {
        Path file = folder.resolve("model");
        Files.write(file, OLD.array());
        assertThrows(
                IllegalStateException.class,
                () ->
                        AtomicFile.write(
                                file,
                                channel -> {
                                    channel.write(ByteBuffer.wrap(new byte[100]));
                                    throw new IllegalStateException("while writing");
                                }));
        assertArrayEquals(OLD.array(), Files.readAllBytes(file));
        assertEquals(List.of(file), content());
    }

    @Test
    void targetThatCannotBeReplacedIsReported() throws Exception {
        Path file = folder.resolve("model");
        Files.createDirectory(file);
        Files.write(file.resolve("inside"), OLD.array());
        IOException e =
                assertThrows(
                        IOException.class,
                        () -> new SafetensorsWriter().ints("a", new int[1], 1).write(file));
        assertTrue(e.getMessage().contains("cannot write " + file), e.getMessage());
        assertEquals(List.of(file), content());
    }

    @Test
    void missingFolderIsReported() {
        Path file = folder.resolve("none").resolve("model");
        IOException e = assertThrows(IOException.class, () -> new SafetensorsWriter().write(file));
        assertTrue(e.getMessage().contains("cannot write " + file), e.getMessage());
        assertTrue(e.getMessage().contains("NoSuchFile"), e.getMessage());
    }

    private List<Path> content() throws IOException {
        try (var files = Files.list(folder)) {
            return files.toList();
        }
    }
}
