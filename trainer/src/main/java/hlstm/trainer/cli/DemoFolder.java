package hlstm.trainer.cli;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The folder of the demonstration, which may be run again over its own former self. */
final class DemoFolder {
    private static final String MARK = ".hlstm-demo";

    private DemoFolder() {}

    /**
     * Makes the folder, or empties it of an earlier demonstration; other files in it stay.
     *
     * @param parts the folders and files that a demonstration makes in it
     * @return keeps other demonstrations out until it is closed, or the process ends
     * @throws IllegalArgumentException if the folder holds something and is no demonstration's, or
     *     if another one is at work in it
     * @throws IOException if it cannot be written
     */
    static Closeable prepare(Path folder, List<String> parts) throws IOException {
        Files.createDirectories(folder);
        if (!Files.exists(folder.resolve(MARK))) {
            try (Stream<Path> files = Files.list(folder)) {
                if (files.findAny().isPresent()) {
                    throw new IllegalArgumentException(
                            "%s is not empty and no earlier demonstration's; choose another folder with --out"
                                    .formatted(folder));
                }
            }
            Files.createFile(folder.resolve(MARK));
        }
        FileChannel mark = FileChannel.open(folder.resolve(MARK), StandardOpenOption.WRITE);
        try {
            if (!locks(mark)) {
                throw new IllegalArgumentException(
                        "another demonstration is at work in %s; wait for it, or choose another folder with --out"
                                .formatted(folder));
            }
            for (String part : parts) {
                delete(folder.resolve(part));
            }
        } catch (IOException | RuntimeException e) {
            mark.close();
            throw e;
        }
        return mark;
    }

    private static boolean locks(FileChannel mark) throws IOException {
        try {
            return mark.tryLock() != null;
        } catch (OverlappingFileLockException e) { // by this process
            return false;
        }
    }

    private static void delete(Path path) throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        try (Stream<Path> files = Files.walk(path)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(
                            file -> {
                                try {
                                    Files.delete(file);
                                } catch (IOException e) {
                                    throw new UncheckedIOException(e);
                                }
                            });
        }
    }
}
