package hlstm.bench.start;

/**
 * What a process has told of its start. Moments are milliseconds since it was started.
 *
 * @param loadedMillis when the model was loaded and checked
 * @param readyMillis when it was warmed up as well; the same without a warm-up
 * @param firstStepMillis when the first step was done
 * @param firstStepMicros how long that step took
 * @param settled whether steps were as fast as they become: at the end they allocated nothing, as
 *     compiled kernels do, and had not become much faster of late
 * @param settledMillis when steps had become about as fast as at the end
 * @param bytesPerStep that steps allocated at the end
 * @param steadyMicros median time of a step at the end
 * @param pausedMicros median time of a step after a pause of a millisecond
 */
record StartTimes(
        double loadedMillis,
        double readyMillis,
        double firstStepMillis,
        double firstStepMicros,
        boolean settled,
        double settledMillis,
        long bytesPerStep,
        double steadyMicros,
        double pausedMicros) {}
