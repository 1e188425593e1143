package hlstm.bench.start;

/**
 * What a process has told of its start. Moments are milliseconds since it was started.
 *
 * @param loadedMillis when the model was loaded and checked
 * @param readyMillis when it was warmed up as well; the same without a warm-up
 * @param firstStepMillis when the first step was done
 * @param firstStepMicros how long that step took
 * @param settledMillis when steps had become about as fast as they ever were
 * @param steadyMicros median time of a step at the end
 * @param pausedMicros median time of a step after a pause of a millisecond
 */
record StartTimes(
        double loadedMillis,
        double readyMillis,
        double firstStepMillis,
        double firstStepMicros,
        double settledMillis,
        double steadyMicros,
        double pausedMicros) {}
