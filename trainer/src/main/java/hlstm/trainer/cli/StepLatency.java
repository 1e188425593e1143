package hlstm.trainer.cli;

import hlstm.runtime.Model;
import hlstm.runtime.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * Times single steps of models on one thread. The models take turns, a sequence each, so that what
 * else happens on the machine meets all of them alike.
 */
final class StepLatency {
    private static final long HIGHEST_NANOS = Duration.ofSeconds(10).toNanos();
    private static final int DIGITS = 3;

    private final List<Model> models;
    private final List<float[]> sequences;
    private final List<Session> sessions = new ArrayList<>();
    private final List<Histogram> histograms = new ArrayList<>();

    /**
     * Models that are not bidirectional, to be timed on the same input.
     *
     * @param sequences input steps, one after the other; all models have the same input width
     */
    StepLatency(List<Model> models, List<float[]> sequences) {
        this.models = models;
        this.sequences = sequences;
        for (Model model : models) {
            sessions.add(model.newSession());
            histograms.add(new Histogram(HIGHEST_NANOS, DIGITS));
        }
    }

    /**
     * Runs all models for some time together and forgets what was timed before: called once to warm
     * up and once to measure.
     */
    void run(Duration time) {
        histograms.forEach(Histogram::reset);
        long end = System.nanoTime() + time.toNanos();
        for (int round = 0; System.nanoTime() - end < 0; round++) {
            float[] sequence = sequences.get(round % sequences.size());
            for (int m = 0; m < models.size(); m++) {
                // Each model leads as often as the others.
                int turn = (m + round) % models.size();
                time(sessions.get(turn), sequence, histograms.get(turn));
            }
        }
    }

    private static void time(Session session, float[] sequence, Histogram histogram) {
        float[] in = new float[session.spec().inputWidth()];
        float[] out = new float[session.spec().outputWidth()];
        session.reset();
        for (int from = 0; from + in.length <= sequence.length; from += in.length) {
            System.arraycopy(sequence, from, in, 0, in.length);
            long before = System.nanoTime();
            session.step(in, out);
            long after = System.nanoTime();
            histogram.recordValue(Math.min(after - before, HIGHEST_NANOS));
        }
    }

    /** The steps of a model in the last run, in nanoseconds. */
    Histogram histogram(int model) {
        return histograms.get(model);
    }
}
