package hlstm.trainer.run;

import hlstm.trainer.layers.Trainable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The checkpoints of a run. {@code epoch-N} is where training goes on after epoch N, {@code kept-N}
 * the network as it was evaluated at the end of epoch N, kept because it was the best so far or may
 * be restored. The first checkpoint and the last two stay, with the kept states that they refer to.
 */
final class CheckpointStore {
    private static final Pattern CHECKPOINT = Pattern.compile("epoch-(\\d{6})\\.safetensors");
    private static final Pattern KEPT = Pattern.compile("kept-(\\d{6})\\.safetensors");
    private static final String KEPT_NOTE = "kept";

    private final Path folder;
    private final List<String> damaged = new ArrayList<>();

    CheckpointStore(Path folder) {
        this.folder = folder;
    }

    /**
     * Keeps the network as it was evaluated after an epoch.
     *
     * @throws RunException if the disk does not take it; the checkpoints before are intact
     */
    void keep(int epoch, Trainable network, Map<String, String> notes) {
        write(keptFile(epoch), network, notes);
    }

    /** A state that was kept. */
    StateFile.StoredState kept(int epoch) throws IOException {
        return StateFile.read(keptFile(epoch));
    }

    /**
     * Writes a checkpoint, and then deletes what no checkpoint needs any more.
     *
     * @param kept the kept states that training may still ask for
     * @throws RunException if the disk does not take it; the checkpoints before are intact
     */
    void save(int epoch, Trainable network, Map<String, String> notes, Set<Integer> kept)
            throws IOException {
        Map<String, String> all = new TreeMap<>(notes);
        all.put(
                KEPT_NOTE,
                String.join(",", new TreeSet<>(kept).stream().map(String::valueOf).toList()));
        write(checkpointFile(epoch), network, all);
        prune();
    }

    private void write(Path file, Trainable network, Map<String, String> notes) {
        try {
            Files.createDirectories(folder);
            StateFile.write(file, network.parameters(), network.state(), notes);
        } catch (IOException e) {
            throw new RunException(
                    ("the checkpoint is not written: %s. The checkpoints before it are intact: make"
                                    + " room, then continue with --resume")
                            .formatted(e.getMessage()),
                    e);
        }
    }

    /**
     * The newest checkpoint that is whole, with all kept states that it refers to.
     *
     * @return empty if there is no checkpoint
     * @throws RunException if there are checkpoints and none is whole
     */
    Optional<StateFile.StoredState> newest() throws IOException {
        List<Integer> epochs = epochs(CHECKPOINT).reversed();
        damaged.clear();
        for (int epoch : epochs) {
            try {
                StateFile.StoredState state = StateFile.read(checkpointFile(epoch));
                for (int kept : keptBy(state.note(KEPT_NOTE))) {
                    StateFile.read(keptFile(kept));
                }
                return Optional.of(state);
            } catch (IOException e) {
                damaged.add(e.getMessage());
            }
        }
        if (!damaged.isEmpty()) {
            throw new RunException(
                    "no checkpoint in %s is whole: %s. Start a new run in another folder"
                            .formatted(folder, String.join("; ", damaged)));
        }
        return Optional.empty();
    }

    /** The state that training began from, if it was saved. */
    Optional<StateFile.StoredState> first() throws IOException {
        Path file = checkpointFile(0);
        return Files.exists(file) ? Optional.of(StateFile.read(file)) : Optional.empty();
    }

    /** What was wrong with the checkpoints that {@link #newest} passed over. */
    List<String> damaged() {
        return List.copyOf(damaged);
    }

    /** Deletes checkpoints later than this one, which training will write anew. */
    void discardAfter(int epoch) throws IOException {
        for (int later : epochs(CHECKPOINT)) {
            if (later > epoch) {
                Files.deleteIfExists(checkpointFile(later));
            }
        }
    }

    private void prune() throws IOException {
        List<Integer> epochs = epochs(CHECKPOINT);
        Set<Integer> wanted = new HashSet<>();
        for (int k = 0; k < epochs.size(); k++) {
            boolean recent = k >= epochs.size() - 2;
            if (recent) {
                wanted.addAll(keptIn(epochs.get(k)));
            } else if (epochs.get(k) > 0) {
                Files.deleteIfExists(checkpointFile(epochs.get(k)));
            }
        }
        for (int kept : epochs(KEPT)) {
            if (!wanted.contains(kept)) {
                Files.deleteIfExists(keptFile(kept));
            }
        }
        deleteLeftovers();
    }

    private Set<Integer> keptIn(int epoch) {
        try {
            return keptBy(StateFile.note(checkpointFile(epoch), KEPT_NOTE));
        } catch (IOException e) {
            return Set.of(); // damaged: it will never be resumed
        }
    }

    private static Set<Integer> keptBy(String note) {
        Set<Integer> epochs = new TreeSet<>();
        if (note != null && !note.isEmpty()) {
            for (String epoch : note.split(",")) {
                epochs.add(Integer.valueOf(epoch));
            }
        }
        return epochs;
    }

    /** Temporary files of writers that were killed. */
    private void deleteLeftovers() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(AtomicFile::isLeftover).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private List<Integer> epochs(Pattern names) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> names.matcher(file.getFileName().toString()))
                    .filter(Matcher::matches)
                    .map(match -> Integer.valueOf(match.group(1)))
                    .sorted()
                    .toList();
        }
    }

    private Path checkpointFile(int epoch) {
        return folder.resolve("epoch-%06d.safetensors".formatted(epoch));
    }

    private Path keptFile(int epoch) {
        return folder.resolve("kept-%06d.safetensors".formatted(epoch));
    }
}
