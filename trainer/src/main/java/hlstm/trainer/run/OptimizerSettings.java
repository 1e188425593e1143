package hlstm.trainer.run;

import hlstm.trainer.optim.Adam;
import hlstm.trainer.optim.LearningRateSchedule;
import hlstm.trainer.optim.Optimizer;
import hlstm.trainer.optim.Sgd;
import java.util.List;

/**
 * How the weights of a recipe are trained.
 *
 * @param method {@code adam} or {@code sgd} (Nesterov momentum)
 * @param learningRate of the first step after the warm-up
 * @param momentum of SGD; the first moment's decay of Adam
 * @param secondMoment the second moment's decay of Adam
 * @param epsilon of Adam
 * @param weightDecay L2 penalty on weights, not on vectors
 * @param clipNorm largest norm of the whole gradient; 0 does not clip
 * @param averageDecay what remains at a step of the moving average of the weights, which is what is
 *     evaluated and kept; 0 does not average
 * @param schedule {@code constant}, {@code exponential} (divided by {@code divisor} after each
 *     epoch), {@code cosine} (down to {@code floor} over all epochs) or {@code plateau} (divided by
 *     {@code divisor} when {@code training.patience} is spent, down to {@code floor})
 * @param divisor of the exponential and plateau schedules
 * @param floor last learning rate of the cosine and plateau schedules, as a share of the first
 * @param warmupEpochs epochs over which the learning rate rises to its first value
 */
public record OptimizerSettings(
        String method,
        double learningRate,
        double momentum,
        double secondMoment,
        double epsilon,
        double weightDecay,
        double clipNorm,
        double averageDecay,
        String schedule,
        double divisor,
        double floor,
        double warmupEpochs) {
    private static final String PLATEAU = "plateau";

    static final List<String> SCHEDULES = List.of("constant", "exponential", "cosine", PLATEAU);

    /** Checks what goes together; a {@link Recipe} checks ranges. */
    public OptimizerSettings {
        if (schedule.equals(PLATEAU) && divisor == 1) {
            throw new IllegalArgumentException(
                    "divisor must be more than 1 for the schedule plateau, found 1");
        }
    }

    /** The optimiser, without state. */
    Optimizer optimizer() {
        return method.equals("adam")
                ? new Adam(momentum, secondMoment, epsilon, weightDecay)
                : new Sgd(momentum, weightDecay);
    }

    /** Whether the learning rate depends on the scores. */
    boolean followsScores() {
        return schedule.equals(PLATEAU);
    }

    /** The share of the schedule's learning rate that is left after so many reductions. */
    double share(int reductions) {
        return followsScores() ? Math.max(floor, Math.pow(divisor, -reductions)) : 1;
    }

    /** The learning rate over a run of so many epochs, without reductions. */
    LearningRateSchedule learningRates(int epochs) {
        LearningRateSchedule rates =
                switch (schedule) {
                    case "exponential" -> LearningRateSchedule.exponential(learningRate, divisor);
                    case "cosine" ->
                            LearningRateSchedule.cosine(learningRate, learningRate * floor, epochs);
                    default -> LearningRateSchedule.constant(learningRate);
                };
        return warmupEpochs > 0 ? rates.afterWarmUp(warmupEpochs) : rates;
    }
}
