package hlstm.bench.load;

import java.time.Duration;

/**
 * How much is tried.
 *
 * @param streams of each runtime
 * @param workers threads that answer their frames
 * @param limitMillis p99 of a rate that counts as held
 * @param warmUp of each runtime
 * @param rounds of the search for the highest rate
 * @param trial time of a round
 * @param time measured of each rate in the table
 */
record LoadPlan(
        int streams,
        int workers,
        double limitMillis,
        Duration warmUp,
        int rounds,
        Duration trial,
        Duration time) {}
