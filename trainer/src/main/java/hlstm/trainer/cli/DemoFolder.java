package hlstm.trainer.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
     * @throws IllegalArgumentException if the folder holds something and is no demonstration's
     * @throws IOException if it cannot be written
     */
    static void prepare(Path folder, List<String> parts) throws IOException {
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
        for (String part : parts) {
            delete(folder.resolve(part));
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
