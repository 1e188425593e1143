package hlstm.runtime.safetensors;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Replaces files as a whole: whatever happens, there is either the old content or the new one under
 * the name, never half of it.
 */
final class AtomicFile {
    /** Writes the content of a file. */
    interface Content {
        void writeTo(WritableByteChannel channel) throws IOException;
    }

    private AtomicFile() {}

    /**
     * Writes to a temporary file in the same folder, forces it to the disk and renames it.
     *
     * @throws IOException if that fails at any point; the temporary file is removed, and a file
     *     that was there before is as it was
     */
    static void write(Path file, Content content) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Path temporary =
                folder.resolve(
                        ".%s.%d-%x.tmp"
                                .formatted(
                                        file.getFileName(),
                                        ProcessHandle.current().pid(),
                                        System.nanoTime()));
        try {
            try (FileChannel channel =
                    FileChannel.open(
                            temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                content.writeTo(channel);
                channel.force(true);
            }
            Files.move(
                    temporary,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            removeTemporary(temporary, e);
            throw new IOException(
                    "cannot write %s: %s; a file that was there before is unchanged"
                            .formatted(file, e),
                    e);
        } catch (RuntimeException | Error e) {
            removeTemporary(temporary, e);
            throw e;
        }
        forceFolder(folder);
    }

    private static void removeTemporary(Path temporary, Throwable failure) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    /** Makes the new name itself survive a power failure, where the system can. */
    private static void forceFolder(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // Windows opens no folders; the file is complete either way.
            System.getLogger(AtomicFile.class.getName())
                    .log(System.Logger.Level.DEBUG, "cannot force " + folder, e);
        }
    }
}
