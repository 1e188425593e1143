package hlstm.trainer.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hlstm.trainer.growth.GrowAndPruneState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where a run stands at the end of an epoch, besides the network itself.
 *
 * @param epoch epochs done
 * @param steps of the optimiser
 * @param policy the state of grow-and-prune
 * @param goodEpoch epoch of the last good state of grow-and-prune; -1 if there is none
 * @param accurate the best network so far; null before the first evaluation
 * @param compact the smallest network so far that meets the target; null if there is none
 * @param withoutGain evaluations since the best one
 * @param stopped why training ended before its last epoch; null if it did not
 * @param eventBytes length of the log
 * @param seconds of training
 * @param dataHash of the training and development sets
 */
record RunProgress(
        int epoch,
        long steps,
        GrowAndPruneState policy,
        int goodEpoch,
        Candidate accurate,
        Candidate compact,
        int withoutGain,
        String stopped,
        long eventBytes,
        double seconds,
        String dataHash) {
    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                    .build();

    /** The epochs whose kept states may still be asked for. */
    Set<Integer> keptEpochs() {
        Set<Integer> epochs = new TreeSet<>();
        if (goodEpoch >= 0) {
            epochs.add(goodEpoch);
        }
        if (accurate != null) {
            epochs.add(accurate.epoch());
        }
        if (compact != null) {
            epochs.add(compact.epoch());
        }
        return epochs;
    }

    String toJson() {
        try {
            return MAPPER.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static RunProgress fromJson(String json, Path file) throws IOException {
        if (json == null) {
            throw new IOException("%s says nothing about the run's progress".formatted(file));
        }
        try {
            JsonNode tree = MAPPER.readTree(json);
            for (String name : List.of("accurate", "compact")) {
                // Checkpoints of earlier versions know no latency, and the size of the gates alone.
                if (tree.get(name) instanceof ObjectNode candidate) {
                    addIfMissing(candidate, "latencyMicros");
                    addIfMissing(candidate, "connections");
                }
            }
            return MAPPER.treeToValue(tree, RunProgress.class);
        } catch (JsonProcessingException e) {
            throw new IOException(
                    "%s: the run's progress cannot be read: %s"
                            .formatted(file, e.getOriginalMessage()),
                    e);
        }
    }

    private static void addIfMissing(ObjectNode candidate, String field) {
        if (!candidate.has(field)) {
            candidate.putNull(field);
        }
    }
}
