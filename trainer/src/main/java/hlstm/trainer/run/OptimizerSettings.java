package hlstm.trainer.run;

import hlstm.trainer.optim.Adam;
import hlstm.trainer.optim.LearningRateSchedule;
import hlstm.trainer.optim.Optimizer;
import hlstm.trainer.optim.Sgd;

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
 * @param schedule {@code constant}, {@code exponential} (divided by {@code divisor} after each
 *     epoch) or {@code cosine} (down to {@code floor} over all epochs)
 * @param divisor of the exponential schedule
 * @param floor last learning rate of the cosine schedule, as a share of the first
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
        String schedule,
        double divisor,
        double floor,
        double warmupEpochs) {
    /** Checks the ranges. */
    public OptimizerSettings {
        Check.oneOf("method", method, "adam", "sgd");
        Check.positive("learningRate", learningRate);
        Check.share("momentum", momentum);
        Check.share("secondMoment", secondMoment);
        Check.positive("epsilon", epsilon);
        Check.notNegative("weightDecay", weightDecay);
        Check.notNegative("clipNorm", clipNorm);
        Check.oneOf("schedule", schedule, "constant", "exponential", "cosine");
        Check.atLeast("divisor", divisor, 1);
        Check.share("floor", floor);
        Check.notNegative("warmupEpochs", warmupEpochs);
    }

    /** The optimiser, without state. */
    Optimizer optimizer() {
        return method.equals("adam")
                ? new Adam(momentum, secondMoment, epsilon, weightDecay)
                : new Sgd(momentum, weightDecay);
    }

    /** The learning rate over a run of so many epochs. */
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
