package hlstm.trainer.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One line of a run's log. What does not apply to a kind of event is null and left out.
 *
 * @param event what happened
 * @param epoch epochs that are done
 * @param phase of grow-and-prune, or {@code train}
 * @param loss mean loss over the epoch, as {@link Recipe#lossLabel} says
 * @param learningRate of the epoch's last step
 * @param wer word error rate on the development set, in percent; of speech
 * @param cer character error rate on the development set, in percent; of speech
 * @param scores on the development set by {@link ScoreKind#key}, in percent; of other tasks
 * @param weights connections of all gate matrices together
 * @param density of all gate matrices together
 * @param matrices each gate matrix, with an event that changed its connections and the first and
 *     last
 * @param latencyMicros median latency of the exported model at batch 1, where a goal asks for it
 * @param seconds since the run started, without the time between a break and its resumption
 * @param message a sentence for the reader
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunEvent(
        Kind event,
        int epoch,
        String phase,
        Double loss,
        Double learningRate,
        Double wer,
        Double cer,
        Map<String, Double> scores,
        Long weights,
        Double density,
        List<MatrixFigures> matrices,
        Double latencyMicros,
        double seconds,
        String message) {
    private static final String WER = "wer";
    private static final String CER = "cer";

    /** A score on the development set, in percent; null if the event has none of this kind. */
    public Double score(ScoreKind kind) {
        return switch (kind.key()) {
            case WER -> wer;
            case CER -> cer;
            default -> scores == null ? null : scores.get(kind.key());
        };
    }

    /** Begins an event; what is not added to it does not apply. */
    static Builder builder(Kind event, int epoch, String phase, double seconds) {
        return new Builder(event, epoch, phase, seconds);
    }

    /** Gathers what applies to an event. */
    static final class Builder {
        private final Kind event;
        private final int epoch;
        private final String phase;
        private final double seconds;
        private Double loss;
        private Double learningRate;
        private Double wer;
        private Double cer;
        private Map<String, Double> scores;
        private Long weights;
        private Double density;
        private List<MatrixFigures> matrices;
        private Double latencyMicros;
        private String message;

        private Builder(Kind event, int epoch, String phase, double seconds) {
            this.event = event;
            this.epoch = epoch;
            this.phase = phase;
            this.seconds = seconds;
        }

        Builder loss(double loss, double learningRate) {
            this.loss = loss;
            this.learningRate = learningRate;
            return this;
        }

        Builder scores(Scores values, List<ScoreKind> kinds) {
            score(kinds.get(0).key(), values.first());
            score(kinds.get(1).key(), values.second());
            return this;
        }

        private void score(String key, double value) {
            switch (key) {
                case WER -> wer = value;
                case CER -> cer = value;
                default -> {
                    scores = scores == null ? new LinkedHashMap<>() : scores;
                    scores.put(key, value);
                }
            }
        }

        /** All gate matrices together. */
        Builder size(GateMatrices gates) {
            weights = gates.weights();
            density = gates.density();
            return this;
        }

        /** All gate matrices together, and each by itself. */
        Builder matrices(GateMatrices gates) {
            matrices = gates.figures();
            return size(gates);
        }

        Builder latency(double micros) {
            latencyMicros = micros;
            return this;
        }

        Builder message(String message) {
            this.message = message;
            return this;
        }

        RunEvent build() {
            return new RunEvent(
                    event,
                    epoch,
                    phase,
                    loss,
                    learningRate,
                    wer,
                    cer,
                    scores,
                    weights,
                    density,
                    matrices,
                    latencyMicros,
                    seconds,
                    message);
        }
    }

    /** What an event tells. */
    public enum Kind {
        /** The run began. */
        START,
        /** The run went on after a break. */
        RESUME,
        /** Something that the user may not have meant. */
        WARNING,
        /** An epoch is done; with scores if it was evaluated. */
        EPOCH,
        /** Grow-and-prune entered a phase. */
        PHASE,
        /** The sparse seed was planted. */
        SEED,
        /** Connections were woken. */
        GROW,
        /** Connections were dropped. */
        PRUNE,
        /** The exported model was timed, since its connections have changed. */
        LATENCY,
        /** An earlier state was restored. */
        ROLLBACK,
        /** The run ended before its last epoch, for the reason in the message. */
        STOP,
        /** The model is written. */
        END;

        /** The name in the log. */
        @JsonValue
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
