package hlstm.bench.plot;

import hlstm.bench.Latency;
import hlstm.bench.Progress;
import hlstm.bench.RandomArrays;
import hlstm.bench.comparison.Entrant;
import hlstm.bench.comparison.Turns;
import hlstm.bench.peers.Peer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Points of one plot that are timed by turns, in one run. */
final class Sweep implements AutoCloseable {
    private static final int INPUTS = 16;
    private static final long SEED = 11;

    private final List<Entrant> entrants = new ArrayList<>();
    private final List<Double> xs = new ArrayList<>();

    /** Adds a point; the peer is closed with this. */
    void add(String series, double x, Peer peer, int inputWidth) {
        float[][] inputs = new float[INPUTS][];
        for (int k = 0; k < inputs.length; k++) {
            inputs[k] = RandomArrays.gaussian(inputWidth, SEED + k);
        }
        entrants.add(new Entrant(series, 1, peer, inputs));
        xs.add(x);
    }

    /** Times all points. */
    List<PlotPoint> measure(Duration warmUp, Duration time, Consumer<String> lines) {
        Turns.take(entrants, warmUp, new Progress("warm-up", lines));
        entrants.forEach(Entrant::clear);
        Turns.take(entrants, time, new Progress("points", lines));
        List<PlotPoint> points = new ArrayList<>();
        for (int n = 0; n < xs.size(); n++) {
            Entrant entrant = entrants.get(n);
            double micros = Latency.of(entrant.histogram()).p50Micros();
            points.add(new PlotPoint(entrant.runtime(), xs.get(n), micros));
        }
        return points;
    }

    @Override
    public void close() {
        entrants.forEach(Entrant::close);
    }
}
