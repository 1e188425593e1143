package hlstm.trainer.run;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The folder of a training run: {@code recipe.json}, {@code events.jsonl}, {@code checkpoints/},
 * {@code model.safetensors}, {@code report.html}. Open for one writer at a time, held off from
 * others by a lock that ends with the process; {@linkplain #view readers} need no lock.
 */
public final class RunFolder implements AutoCloseable {
    private static final String RECIPE = "recipe.json";
    private static final String LOCK = ".lock";
    private static final String EVENTS = "events.jsonl";
    private static final String CHECKPOINTS = "checkpoints";
    private static final Set<String> OF_A_RUN_NOT_BEGUN = Set.of(LOCK, RECIPE, EVENTS);

    private final Path path;
    private final FileChannel lock;
    private final boolean resumed;

    private RunFolder(Path path, FileChannel lock, boolean resumed) {
        this.path = path;
        this.lock = lock;
        this.resumed = resumed;
    }

    /**
     * Makes a folder for a new run, or takes an empty one, and writes the recipe into it.
     *
     * @throws RunException if the folder holds a run or anything else, or another process trains
     *     into it
     * @throws IOException if it cannot be made
     */
    public static RunFolder create(Path path, Recipe recipe) throws IOException {
        if (hasBegun(path)) {
            throw new RunException(
                    ("%s already holds a run: continue it with --resume, or choose another folder"
                                    + " with --out")
                            .formatted(path));
        }
        return openNew(path, recipe);
    }

    /**
     * Opens the folder of a run that was broken off. A run that ended before its first checkpoint
     * starts anew.
     *
     * @param recipe the recipe of the run, which must not have changed; its number of threads may
     * @throws RunException if the folder does not exist or is no run, is a run of another recipe,
     *     or another process trains into it
     * @throws IOException if it cannot be read
     */
    public static RunFolder resume(Path path, Recipe recipe) throws IOException {
        if (!Files.exists(path.resolve(LOCK)) && !Files.exists(path.resolve(RECIPE))) {
            throw new RunException(
                    "there is no run in %s to resume: leave out --resume to start one, or name the folder of a run"
                            .formatted(path));
        }
        if (!hasBegun(path)) {
            return openNew(path, recipe);
        }
        List<String> differences = readRecipe(path).differences(recipe);
        if (!differences.isEmpty()) {
            throw new RunException(
                    ("the run in %s has another recipe (run, asked for): %s. Resume it with its own"
                                    + " settings, or start another run in a new folder")
                            .formatted(path, String.join("; ", differences)));
        }
        return new RunFolder(path, lock(path), true);
    }

    /**
     * The recipe of the run in a folder; empty if the folder does not exist or holds none yet.
     *
     * @throws IOException if the recipe is there but cannot be read
     */
    public static Optional<Recipe> recipeIn(Path path) throws IOException {
        return Files.exists(path.resolve(RECIPE))
                ? Optional.of(readRecipe(path))
                : Optional.empty();
    }

    /**
     * A run to read only, finished or not.
     *
     * @throws RunException if the folder is no run; the message names the runs in it
     * @throws IOException if the folder is not there or cannot be read
     */
    public static RunFolder view(Path path) throws IOException {
        if (!Files.exists(path.resolve(RECIPE))) {
            List<String> runs = runsIn(path);
            throw new RunException(
                    "%s is no run, it has no %s: %s"
                            .formatted(
                                    path,
                                    RECIPE,
                                    runs.isEmpty()
                                            ? "name the folder that a training was given as --out"
                                            : "name one of the runs in it, "
                                                    + String.join(", ", runs)));
        }
        return new RunFolder(path, null, false);
    }

    /** The folders in a folder that hold runs, in alphabetical order. */
    private static List<String> runsIn(Path path) throws IOException {
        try (Stream<Path> entries = Files.list(path)) {
            return entries.filter(entry -> Files.exists(entry.resolve(RECIPE)))
                    .map(Path::toString)
                    .sorted()
                    .toList();
        }
    }

    /** Whether there is anything to go on from; all is made before the first checkpoint is. */
    private static boolean hasBegun(Path path) {
        return Files.exists(path.resolve(RECIPE)) && Files.exists(path.resolve(CHECKPOINTS));
    }

    private static RunFolder openNew(Path path, Recipe recipe) throws IOException {
        if (Files.exists(path) && !Files.isDirectory(path)) {
            throw new RunException("%s is not a folder".formatted(path));
        }
        Files.createDirectories(path);
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                if (!OF_A_RUN_NOT_BEGUN.contains(name) && !AtomicFile.isLeftover(entry)) {
                    throw new RunException(
                            "%s is not empty and no run (it holds %s): choose another folder"
                                    .formatted(path, name));
                }
            }
        }
        FileChannel lock = lock(path);
        try {
            AtomicFile.writeString(path.resolve(RECIPE), recipe.toJson());
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
        return new RunFolder(path, lock, false);
    }

    private static FileChannel lock(Path path) throws IOException {
        FileChannel channel =
                FileChannel.open(
                        path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held;
        try {
            held = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            held = null;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        if (held == null) {
            channel.close();
            throw new RunException(
                    "another process trains into %s: wait for it, or choose another folder"
                            .formatted(path));
        }
        return channel;
    }

    private static Recipe readRecipe(Path path) throws IOException {
        Path file = path.resolve(RECIPE);
        return Recipe.fromJson(Files.readString(file), file.toString());
    }

    /** The folder. */
    public Path path() {
        return path;
    }

    /** Whether the run was there before. */
    public boolean resumed() {
        return resumed;
    }

    /** The recipe of the run. */
    public Recipe recipe() throws IOException {
        return readRecipe(path);
    }

    /**
     * The events of the run so far.
     *
     * @throws RunException if a line of the log is no event
     * @throws IOException if it cannot be read
     */
    public List<RunEvent> log() throws IOException {
        return EventLog.read(events());
    }

    /** The log of events, one JSON object a line. */
    public Path events() {
        return path.resolve(EVENTS);
    }

    /** The folder of the checkpoints. */
    public Path checkpoints() {
        return path.resolve(CHECKPOINTS);
    }

    /** The trained model; for grow-and-prune the compact one. */
    public Path model() {
        return path.resolve("model.safetensors");
    }

    /** The model of grow-and-prune with the best score on the way. */
    public Path accurateModel() {
        return path.resolve("accurate.safetensors");
    }

    /** The report. */
    public Path report() {
        return path.resolve("report.html");
    }

    @Override
    public void close() throws IOException {
        if (lock != null) {
            lock.close();
        }
    }
}
