package hlstm.trainer.growth;

import hlstm.trainer.layers.Parameter;

/** How much an existing connection is worth; the smallest go first. */
@FunctionalInterface
interface PruningScore {
    /** The magnitude of the weight. */
    PruningScore MAGNITUDE =
            parameter -> {
                float[] magnitudes = parameter.values().clone();
                for (int k = 0; k < magnitudes.length; k++) {
                    magnitudes[k] = Math.abs(magnitudes[k]);
                }
                return magnitudes;
            };

    /** A score for each packed value of the parameter, not negative. */
    float[] scores(Parameter parameter);
}
