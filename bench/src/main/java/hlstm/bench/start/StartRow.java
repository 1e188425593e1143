package hlstm.bench.start;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Medians over the rounds of one way to start.
 *
 * @param start what the JVM brought along
 * @param warmUp whether the model was warmed up before the first step
 * @param rounds number of processes
 * @param archiveBytes of what it brought along; 0 if nothing
 * @param loadedMillis from the start of the process to the loaded model
 * @param readyMillis to the end of the warm-up
 * @param firstStepMillis to the end of the first step
 * @param firstStepMicros how long the first step took
 * @param settledRounds processes whose steps settled within the time; see {@link StartTimes}
 * @param settledMillis to steps that are about as fast as at the end, of processes that settled;
 *     null if none did
 * @param steadyMicros a step at the end
 * @param pausedMicros a step after a pause of a millisecond
 * @param steadyMicrosMin the fastest round's
 * @param steadyMicrosMax the slowest round's
 */
record StartRow(
        String start,
        boolean warmUp,
        int rounds,
        long archiveBytes,
        double loadedMillis,
        double readyMillis,
        double firstStepMillis,
        double firstStepMicros,
        int settledRounds,
        Double settledMillis,
        double steadyMicros,
        double pausedMicros,
        double steadyMicrosMin,
        double steadyMicrosMax) {
    static StartRow of(StartMode mode, boolean warmUp, long archiveBytes, List<StartTimes> rounds) {
        List<StartTimes> settled = rounds.stream().filter(StartTimes::settled).toList();
        double[] steady = sorted(rounds, StartTimes::steadyMicros);
        return new StartRow(
                mode.label(),
                warmUp,
                rounds.size(),
                archiveBytes,
                median(rounds, StartTimes::loadedMillis),
                median(rounds, StartTimes::readyMillis),
                median(rounds, StartTimes::firstStepMillis),
                median(rounds, StartTimes::firstStepMicros),
                settled.size(),
                settled.isEmpty() ? null : median(settled, StartTimes::settledMillis),
                steady[steady.length / 2],
                median(rounds, StartTimes::pausedMicros),
                steady[0],
                steady[steady.length - 1]);
    }

    /** Whether the steps of every process settled. */
    boolean settled() {
        return settledRounds == rounds;
    }

    private static double median(List<StartTimes> rounds, ToDoubleFunction<StartTimes> figure) {
        return sorted(rounds, figure)[rounds.size() / 2];
    }

    private static double[] sorted(List<StartTimes> rounds, ToDoubleFunction<StartTimes> figure) {
        double[] values = rounds.stream().mapToDouble(figure).toArray();
        Arrays.sort(values);
        return values;
    }
}
