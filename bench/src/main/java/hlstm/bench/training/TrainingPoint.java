package hlstm.bench.training;

/**
 * Training at one density.
 *
 * @param density of the gate matrices; 1 for dense ones
 * @param weights gate weights that are stored
 * @param threads that share the work
 * @param batchSeconds median time of a batch: forward, loss, backward, clipping, update
 * @param growthSeconds that of a batch that also gathers the gradients of absent connections; null
 *     for dense matrices, which have none
 * @param epochSeconds what an epoch takes at that rate
 * @param gigaflops a second: two operations for each of the three products (outputs, gradients of
 *     inputs, gradients of weights), each stored weight and each step
 */
record TrainingPoint(
        double density,
        long weights,
        int threads,
        double batchSeconds,
        Double growthSeconds,
        double epochSeconds,
        double gigaflops) {
    private static final int PRODUCTS = 3;
    private static final double GIGA = 1e9;

    static TrainingPoint of(
            TrainingShape shape,
            double density,
            long weights,
            int threads,
            double batchSeconds,
            Double growthSeconds) {
        return new TrainingPoint(
                density,
                weights,
                threads,
                batchSeconds,
                growthSeconds,
                batchSeconds * shape.epochBatches(),
                2.0 * PRODUCTS * weights * shape.batchSteps() / batchSeconds / GIGA);
    }
}
