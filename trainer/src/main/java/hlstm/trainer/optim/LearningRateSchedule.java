package hlstm.trainer.optim;

/**
 * The learning rate over a training run. Stateless, so a resumed run needs nothing but its epoch.
 */
@FunctionalInterface
public interface LearningRateSchedule {
    /**
     * The rate at a point of the run.
     *
     * @param epoch epochs done so far, with the done share of the current one as fraction
     */
    double at(double epoch);

    /** Always the same rate. */
    static LearningRateSchedule constant(double rate) {
        checkRate(rate);
        return epoch -> rate;
    }

    /**
     * Divided by {@code divisor} after each whole epoch.
     *
     * @param divisor at least 1
     */
    static LearningRateSchedule exponential(double rate, double divisor) {
        checkRate(rate);
        if (!(divisor >= 1)) {
            throw new IllegalArgumentException(
                    "the rate's divisor must be at least 1, found " + divisor);
        }
        return epoch -> rate / Math.pow(divisor, Math.floor(epoch));
    }

    /**
     * Half a cosine from {@code rate} down to {@code lowest} over {@code epochs}, then {@code
     * lowest} (Loshchilov and Hutter 2017).
     */
    static LearningRateSchedule cosine(double rate, double lowest, double epochs) {
        checkRate(rate);
        checkEpochs(epochs);
        if (!(lowest >= 0 && lowest <= rate)) {
            throw new IllegalArgumentException(
                    "the lowest rate must lie in [0, %s], found %s".formatted(rate, lowest));
        }
        return epoch -> {
            double done = Math.clamp(epoch / epochs, 0, 1);
            return lowest + (rate - lowest) * 0.5 * (1 + Math.cos(Math.PI * done));
        };
    }

    /** This schedule, with its rate rising linearly from 0 over the first {@code epochs}. */
    default LearningRateSchedule afterWarmUp(double epochs) {
        checkEpochs(epochs);
        return epoch -> at(epoch) * Math.min(1, epoch / epochs);
    }

    private static void checkRate(double rate) {
        if (!(rate > 0 && rate < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "a learning rate must be positive and finite, found " + rate);
        }
    }

    private static void checkEpochs(double epochs) {
        if (!(epochs > 0)) {
            throw new IllegalArgumentException(
                    "a number of epochs must be positive, found " + epochs);
        }
    }
}
