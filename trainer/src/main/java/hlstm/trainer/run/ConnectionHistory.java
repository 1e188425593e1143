package hlstm.trainer.run;

import hlstm.sparse.SparsityPattern;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The patterns of a run's gate matrices when it began and where it stands.
 *
 * @param before by the name of the parameter
 * @param after by the name of the parameter
 */
record ConnectionHistory(Map<String, SparsityPattern> before, Map<String, SparsityPattern> after) {
    /** Of a run that has no sparse matrix, or has not begun. */
    static final ConnectionHistory NONE = new ConnectionHistory(Map.of(), Map.of());

    /** From the first checkpoint of a run, and the state that its model is or will be made from. */
    static ConnectionHistory read(RunFolder folder, List<RunEvent> events) throws IOException {
        List<MatrixFigures> shapes =
                events.stream()
                        .filter(e -> e.matrices() != null)
                        .findFirst()
                        .map(RunEvent::matrices)
                        .orElse(List.of());
        CheckpointStore store = new CheckpointStore(folder.checkpoints());
        Optional<StateFile.StoredState> first = store.first();
        Optional<StateFile.StoredState> last = store.newest();
        if (first.isEmpty() || last.isEmpty()) {
            return NONE;
        }
        return new ConnectionHistory(patterns(first.get(), shapes), patterns(last.get(), shapes));
    }

    private static Map<String, SparsityPattern> patterns(
            StateFile.StoredState state, List<MatrixFigures> shapes) throws IOException {
        Map<String, SparsityPattern> patterns = new LinkedHashMap<>();
        for (MatrixFigures shape : shapes) {
            SparsityPattern pattern = state.pattern(shape.name(), shape.rows(), shape.columns());
            if (pattern != null) {
                patterns.put(shape.name(), pattern);
            }
        }
        return patterns;
    }
}
