package hlstm.trainer.run;

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
 * @param schedule {@code constant}, {@code exponential} (times {@code decay} after each epoch) or
 *     {@code cosine} (down to {@code floor} over the epochs of the phase)
 * @param decay factor an epoch of the exponential schedule
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
        double decay,
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
        Check.positive("decay", decay);
        Check.notNegative("floor", floor);
        Check.notNegative("warmupEpochs", warmupEpochs);
    }
}
