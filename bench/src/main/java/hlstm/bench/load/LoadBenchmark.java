package hlstm.bench.load;

import hlstm.bench.LstmStack;
import hlstm.bench.Progress;
import hlstm.bench.RandomArrays;
import hlstm.bench.peers.Contender;
import hlstm.bench.peers.PeerCase;
import hlstm.bench.peers.PeerUnavailableException;
import hlstm.trainer.machine.Machine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Holds runtimes against each other as services of many streams, in one run and by turns. */
final class LoadBenchmark {
    private static final int INPUTS = 16;
    private static final long SEED = 11;

    /** Something else on the machine can make a rate fail, but nothing can make it hold. */
    private static final int ATTEMPTS = 2;

    /** Shares of each runtime's highest rate at which latencies are measured. */
    private static final double[] SHARES = {0.5, 0.8};

    /** Fewer frames than that say nothing about a tail. */
    private static final int LEAST_FRAMES = 100;

    private final LoadPlan plan;
    private final Consumer<String> progress;

    /**
     * A benchmark.
     *
     * @param progress gets a line now and then
     */
    LoadBenchmark(LoadPlan plan, Consumer<String> progress) {
        this.plan = plan;
        this.progress = progress;
    }

    /**
     * Runs a case.
     *
     * @param rates frames a second to measure latencies at; if empty, the highest rate of each
     *     runtime is searched, and shares of it are measured of all runtimes that can hold them
     * @throws IOException if there is no room for temporary files
     */
    LoadResult run(PeerCase of, List<Contender> contenders, List<Double> rates) throws IOException {
        float[][] inputs = new float[INPUTS][];
        for (int k = 0; k < inputs.length; k++) {
            inputs[k] = RandomArrays.gaussian(of.steps() * of.inputWidth(), SEED + k);
        }
        LstmStack stack = of.stack();
        List<Service> services = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        try {
            for (Contender contender : contenders) {
                progress.accept("loading " + contender.label());
                try {
                    services.add(
                            new Service(
                                    contender.label(),
                                    contender.load(of, stack, 1),
                                    plan.streams(),
                                    plan.workers(),
                                    inputs));
                } catch (PeerUnavailableException e) {
                    missing.add("%s: %s".formatted(contender.label(), e.getMessage()));
                }
            }
            List<Double> saturated = warmUp(services);
            List<LoadResult.Highest> highest =
                    rates.isEmpty() ? search(services, saturated) : List.of();
            return new LoadResult(
                    Machine.here(),
                    of.name(),
                    plan.streams(),
                    plan.workers(),
                    plan.limitMillis(),
                    highest,
                    measure(services, highest, rates),
                    missing);
        } finally {
            services.forEach(Service::close);
        }
    }

    /** Gives the rate of each where one frame follows another. */
    private List<Double> warmUp(List<Service> services) {
        List<Double> saturated = new ArrayList<>();
        Progress warming = new Progress("warm-up", progress);
        for (Service service : services) {
            warming.to((double) saturated.size() / services.size(), service.runtime());
            service.saturate(plan.warmUp());
            saturated.add(service.saturate(plan.trial()));
        }
        return saturated;
    }

    private List<LoadResult.Highest> search(List<Service> services, List<Double> saturated) {
        List<RateSearch> searches = saturated.stream().map(RateSearch::new).toList();
        Progress searching = new Progress("search for the highest rates", progress);
        for (int round = 0; round < plan.rounds(); round++) {
            for (int s = 0; s < searches.size(); s++) {
                searches.get(s).tell(holds(services.get(s), searches.get(s).next()));
            }
            searching.to((round + 1.0) / plan.rounds(), "");
        }
        List<LoadResult.Highest> highest = new ArrayList<>();
        for (int s = 0; s < searches.size(); s++) {
            highest.add(
                    new LoadResult.Highest(
                            services.get(s).runtime(),
                            searches.get(s).highest(),
                            saturated.get(s)));
        }
        return highest;
    }

    private boolean holds(Service service, double rate) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (service.hold(rate, plan.trial()).holds(plan.limitMillis())) {
                return true;
            }
        }
        return false;
    }

    private List<LoadResult.Row> measure(
            List<Service> services, List<LoadResult.Highest> highest, List<Double> given) {
        TreeSet<Double> rates = new TreeSet<>(given);
        if (given.isEmpty()) {
            for (LoadResult.Highest each : highest) {
                for (double share : SHARES) {
                    rates.add(rounded(share * each.ratePerSecond()));
                }
            }
        }
        double seconds = plan.time().toMillis() / 1000.0;
        rates.removeIf(rate -> given.isEmpty() && rate * seconds < LEAST_FRAMES);
        Progress measuring = new Progress("latencies", progress);
        List<LoadResult.Row> rows = new ArrayList<>();
        int done = 0;
        Service control =
                new Service(
                        LoadResult.CONTROL,
                        new NoWork(),
                        plan.streams(),
                        plan.workers(),
                        new float[1][]);
        for (double rate : rates) {
            for (int s = 0; s < services.size(); s++) {
                if (!given.isEmpty() || rate <= highest.get(s).ratePerSecond()) {
                    Trial trial = services.get(s).hold(rate, plan.time());
                    rows.add(LoadResult.Row.of(services.get(s).runtime(), trial));
                }
            }
            rows.add(LoadResult.Row.of(control.runtime(), control.hold(rate, plan.time())));
            done++;
            measuring.to((double) done / rates.size(), "");
        }
        return rows;
    }

    /** Two digits, which is as exact as the search. */
    private static double rounded(double rate) {
        if (rate == 0) {
            return 0;
        }
        double unit = Math.pow(10, Math.floor(Math.log10(rate)) - 1);
        return Math.floor(rate / unit) * unit;
    }
}
