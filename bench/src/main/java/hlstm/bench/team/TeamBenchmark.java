package hlstm.bench.team;

import hlstm.bench.Latency;
import hlstm.bench.Progress;
import hlstm.bench.RandomArrays;
import hlstm.bench.RandomModels;
import hlstm.bench.comparison.Entrant;
import hlstm.bench.comparison.Turns;
import hlstm.bench.peers.HlstmPeer;
import hlstm.runtime.Model;
import hlstm.runtime.ThreadTeam;
import hlstm.sparse.Geometry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Times steps of one level of gates on one thread and on two, whatever its size. The step is that
 * of a plain LSTM, so that there is one level, and steps follow each other without a pause, so that
 * the worker is awake.
 */
final class TeamBenchmark {
    private static final int WIDTH = 256;
    private static final int INPUTS = 16;
    private static final long SEED = 11;

    private final Duration warmUp;
    private final Duration time;
    private final Consumer<String> progress;

    /**
     * A benchmark.
     *
     * @param warmUp of each row, not measured
     * @param time of each row
     * @param progress gets a line now and then
     */
    TeamBenchmark(Duration warmUp, Duration time, Consumer<String> progress) {
        this.warmUp = warmUp;
        this.time = time;
        this.progress = progress;
    }

    /** Times all sizes in all geometries. */
    TeamResult run(List<Geometry> geometries, List<Long> weights) {
        float[][] inputs = new float[INPUTS][];
        for (int k = 0; k < inputs.length; k++) {
            inputs[k] = RandomArrays.gaussian(WIDTH, SEED + k);
        }
        List<Entrant> entrants = new ArrayList<>();
        List<TeamPoint> points = new ArrayList<>();
        try {
            for (Geometry geometry : geometries) {
                for (long count : weights) {
                    Model model = RandomModels.lstm(WIDTH, WIDTH, geometry, count).build();
                    ThreadTeam pair = new ThreadTeam(2, ThreadTeam.DEFAULT_SPIN, 1);
                    entrants.add(entrant(1, HlstmPeer.of(model, null), inputs));
                    entrants.add(entrant(2, HlstmPeer.of(model, pair), inputs));
                }
            }
            Turns.take(entrants, warmUp, new Progress("warm-up", progress));
            entrants.forEach(Entrant::clear);
            Turns.take(entrants, time, new Progress("steps", progress));
            int next = 0;
            for (Geometry geometry : geometries) {
                for (int k = 0; k < weights.size(); k++) {
                    Entrant one = entrants.get(next++);
                    Entrant two = entrants.get(next++);
                    points.add(
                            new TeamPoint(
                                    geometry.label(),
                                    one.peer().weights(),
                                    Latency.of(one.histogram()).p50Micros(),
                                    Latency.of(two.histogram()).p50Micros()));
                }
            }
            return TeamResult.of(points);
        } finally {
            entrants.forEach(Entrant::close);
        }
    }

    private static Entrant entrant(int threads, HlstmPeer peer, float[][] inputs) {
        return new Entrant("hlstm", threads, peer, inputs);
    }
}
