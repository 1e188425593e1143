package hlstm.bench.comparison;

import hlstm.bench.LstmStack;
import hlstm.bench.Progress;
import hlstm.bench.RandomArrays;
import hlstm.bench.peers.Contender;
import hlstm.bench.peers.Peer;
import hlstm.bench.peers.PeerCase;
import hlstm.bench.peers.PeerUnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Times all runtimes on a case in one run. They take turns in short slices, so that whatever else
 * happens on the machine meets all of them alike.
 */
public final class Comparison {
    private static final int INPUTS = 16;
    private static final long SEED = 11;
    private static final String CONTROL = "(spin loop)";

    private final Duration warmUp;
    private final Duration time;
    private final List<Integer> threads;
    private final Consumer<String> progress;

    /**
     * A comparison on given numbers of threads.
     *
     * @param warmUp of each runtime, not measured
     * @param time measured of each runtime
     * @param progress gets a line now and then
     */
    public Comparison(
            Duration warmUp, Duration time, List<Integer> threads, Consumer<String> progress) {
        this.warmUp = warmUp;
        this.time = time;
        this.threads = List.copyOf(threads);
        this.progress = progress;
    }

    /**
     * Times the runtimes on a case.
     *
     * @throws IOException if there is no room for temporary files
     */
    public CaseResult run(PeerCase of, List<Contender> contenders) throws IOException {
        float[][] inputs = new float[INPUTS][];
        for (int k = 0; k < inputs.length; k++) {
            inputs[k] = RandomArrays.gaussian(of.steps() * of.inputWidth(), SEED + k);
        }
        List<Entrant> entrants = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        try {
            load(of, contenders, inputs, entrants, missing);
            Turns.take(entrants, warmUp, new Progress(of.name() + ", warm-up", progress));
            if (!entrants.isEmpty()) {
                long median = entrants.getFirst().histogram().getValueAtPercentile(50);
                entrants.add(new Entrant(CONTROL, 1, SpinLoop.of(median), inputs));
            }
            entrants.forEach(Entrant::clear);
            Turns.take(entrants, time, new Progress(of.name(), progress));
            return new CaseResult(
                    of,
                    entrants.stream().map(entrant -> Measured.of(of, entrant)).toList(),
                    missing);
        } finally {
            entrants.forEach(Entrant::close);
        }
    }

    private void load(
            PeerCase of,
            List<Contender> contenders,
            float[][] inputs,
            List<Entrant> entrants,
            List<String> missing)
            throws IOException {
        LstmStack stack = of.stack();
        for (Contender contender : contenders) {
            progress.accept("%s: loading %s".formatted(of.name(), contender.label()));
            try {
                for (int count : threads) {
                    Peer peer = contender.load(of, stack, count);
                    entrants.add(new Entrant(contender.label(), count, peer, inputs));
                }
            } catch (PeerUnavailableException e) {
                missing.add("%s: %s".formatted(contender.label(), e.getMessage()));
                progress.accept("%s: no %s".formatted(of.name(), contender.label()));
            }
        }
    }
}
