package hlstm.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Finds the models that a user means: files, runs, and folders of runs. */
final class RunModels {
    private static final String MODEL = "model.safetensors";

    private RunModels() {}

    /**
     * Loads all models that are meant, each once, in the order of their names within a folder. Runs
     * in a folder that have no model yet are left out.
     *
     * @throws IllegalArgumentException if a folder has no model, models are for different tasks, or
     *     one has no score
     * @throws IOException if something cannot be read
     */
    static List<TrainedModel> load(List<Path> paths) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path path : paths) {
            for (Path file : files(path)) {
                if (!files.contains(file)) {
                    files.add(file);
                }
            }
        }
        List<TrainedModel> models = new ArrayList<>();
        for (Path file : files) {
            TrainedModel model = TrainedModel.load(name(file), file);
            models.add(model);
            if (model.score() != models.getFirst().score()) {
                throw new IllegalArgumentException(
                        "models of one task expected, found scores of %s (%s) and %s (%s)"
                                .formatted(
                                        models.getFirst().score().label(),
                                        files.getFirst(),
                                        model.score().label(),
                                        file));
            }
        }
        return models;
    }

    private static List<Path> files(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            if (!Files.exists(path)) {
                throw new NoSuchFileException(path.toString());
            }
            return List.of(path);
        }
        if (Files.exists(path.resolve(MODEL))) {
            return List.of(path.resolve(MODEL));
        }
        try (Stream<Path> entries = Files.list(path)) {
            List<Path> found =
                    entries.map(run -> run.resolve(MODEL)).filter(Files::exists).sorted().toList();
            if (found.isEmpty()) {
                throw new IllegalArgumentException(
                        "%s: expected a run with a %s, or a folder of runs; found neither. A run has"
                                        .formatted(path, MODEL)
                                + " one when it has ended");
            }
            return found;
        }
    }

    /** A run's name is that of its folder. */
    private static String name(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        boolean ofRun = file.getFileName().toString().equals(MODEL) && folder.getNameCount() > 0;
        return ofRun ? folder.getFileName().toString() : file.getFileName().toString();
    }
}
