package hlstm.trainer.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;

/**
 * One line of a run's log. What does not apply to a kind of event is null and left out.
 *
 * @param event what happened
 * @param epoch epochs that are done
 * @param phase of grow-and-prune, or {@code train}
 * @param loss mean loss of an utterance over the epoch
 * @param learningRate of the epoch's last step
 * @param wer word error rate on the development set, in percent
 * @param cer character error rate on the development set, in percent
 * @param weights connections of all gate matrices together
 * @param density of all gate matrices together
 * @param matrices each gate matrix, with an event that changed its connections and the first and
 *     last
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
        Long weights,
        Double density,
        List<MatrixFigures> matrices,
        double seconds,
        String message) {
    /** An event without figures. */
    static RunEvent of(Kind event, int epoch, String phase, double seconds) {
        return new RunEvent(
                event, epoch, phase, null, null, null, null, null, null, null, seconds, null);
    }

    RunEvent withLoss(double loss, double learningRate) {
        return new RunEvent(
                event,
                epoch,
                phase,
                loss,
                learningRate,
                wer,
                cer,
                weights,
                density,
                matrices,
                seconds,
                message);
    }

    RunEvent withScore(double wer, double cer) {
        return new RunEvent(
                event,
                epoch,
                phase,
                loss,
                learningRate,
                wer,
                cer,
                weights,
                density,
                matrices,
                seconds,
                message);
    }

    RunEvent withSize(GateMatrices gates) {
        return new RunEvent(
                event,
                epoch,
                phase,
                loss,
                learningRate,
                wer,
                cer,
                gates.weights(),
                gates.density(),
                matrices,
                seconds,
                message);
    }

    RunEvent withMatrices(GateMatrices gates) {
        return new RunEvent(
                event,
                epoch,
                phase,
                loss,
                learningRate,
                wer,
                cer,
                gates.weights(),
                gates.density(),
                gates.figures(),
                seconds,
                message);
    }

    RunEvent withMessage(String message) {
        return new RunEvent(
                event,
                epoch,
                phase,
                loss,
                learningRate,
                wer,
                cer,
                weights,
                density,
                matrices,
                seconds,
                message);
    }

    /** What an event tells. */
    public enum Kind {
        /** The run began. */
        START,
        /** The run went on after a break. */
        RESUME,
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
