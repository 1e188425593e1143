package hlstm.runtime.safetensors;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Somebody else may truncate a file that is mapped. */
final class TruncatedWhileReadTest {
    @TempDir private Path folder;

    /** Windows refuses to truncate a mapped file. */
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void truncationIsAnIoException() throws Exception {
        Path file = folder.resolve("file");
        new SafetensorsWriter()
                .floats("large", new float[1 << 20], 1 << 20)
                .bytes("small", new byte[3], 3)
                .write(file);
        try (SafetensorsReader reader = SafetensorsReader.open(file)) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(4096);
            }
            for (String name : new String[] {"large", "small"}) {
                IOException e = assertThrows(IOException.class, () -> read(reader, name), name);
                assertTrue(e.getMessage().contains("truncated"), e.getMessage());
            }
        }
    }

    private static Object read(SafetensorsReader reader, String name) throws IOException {
        TensorInfo tensor = reader.tensor(name);
        return tensor.type() == TensorType.F32 ? reader.floats(tensor) : reader.bytes(tensor);
    }
}
