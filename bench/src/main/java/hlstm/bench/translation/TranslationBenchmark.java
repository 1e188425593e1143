package hlstm.bench.translation;

import hlstm.bench.Latency;
import hlstm.bench.Progress;
import hlstm.bench.RandomModels;
import hlstm.bench.TranslatorStack;
import hlstm.bench.comparison.Entrant;
import hlstm.bench.comparison.Turns;
import hlstm.bench.peers.ForcedTranslation;
import hlstm.bench.peers.OnnxTranslatorPeer;
import hlstm.bench.peers.PeerUnavailableException;
import hlstm.runtime.text.TokenVocabulary;
import hlstm.sparse.Geometry;
import hlstm.trainer.machine.Machine;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * Times sentences on an H-LSTM in banks, with a dense output layer and a sparse one, and on a dense
 * stack in this runtime and in ONNX Runtime. Runtimes take turns on one thread. Weights are random
 * and targets given, so all take equally many steps.
 */
final class TranslationBenchmark {
    private static final int INPUTS = 16;
    private static final long SEED = 17;

    /** One weight of every bank of 8. */
    private static final double BANK_DENSITY = 0.125;

    private final TranslationShape shape;
    private final Duration warmUp;
    private final Duration time;
    private final Consumer<String> progress;

    /**
     * A benchmark.
     *
     * @param warmUp of each runtime, not measured
     * @param time measured of each runtime
     */
    TranslationBenchmark(
            TranslationShape shape, Duration warmUp, Duration time, Consumer<String> progress) {
        this.shape = shape;
        this.warmUp = warmUp;
        this.time = time;
        this.progress = progress;
    }

    /**
     * Times all runtimes with each size of the vocabulary.
     *
     * @throws IOException if there is no room for temporary files
     */
    TranslationResult run(List<Integer> vocabularies) throws IOException {
        List<TranslationRow> rows = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (int tokens : vocabularies) {
            List<Entrant> entrants = new ArrayList<>();
            try {
                load(tokens, entrants, missing);
                String name = "vocabulary of " + tokens;
                Turns.take(entrants, warmUp, new Progress(name + ", warm-up", progress));
                entrants.forEach(Entrant::clear);
                Turns.take(entrants, time, new Progress(name, progress));
                entrants.forEach(entrant -> rows.add(row(tokens, entrant)));
            } finally {
                entrants.forEach(Entrant::close);
            }
        }
        return new TranslationResult(Machine.here(), shape, rows, missing);
    }

    private void load(int tokens, List<Entrant> entrants, List<String> missing) throws IOException {
        float[][] inputs = inputs(tokens);
        TranslatorStack stack =
                TranslatorStack.random(tokens, shape.width(), shape.width(), shape.layers(), SEED);
        entrants.add(sparse("H-LSTM, banked8", tokens, 1, inputs));
        entrants.add(
                sparse("H-LSTM, banked8, output and attention too", tokens, BANK_DENSITY, inputs));
        entrants.add(
                new Entrant(
                        "dense stack",
                        1,
                        new ForcedTranslation(stack.model(), shape.sourceSteps()),
                        inputs));
        try {
            entrants.add(
                    new Entrant(
                            "dense stack, ONNX Runtime",
                            1,
                            new OnnxTranslatorPeer(stack, shape.sourceSteps()),
                            inputs));
        } catch (PeerUnavailableException e) {
            missing.add(e.getMessage());
        }
    }

    /**
     * Our H-LSTM.
     *
     * @param otherDensity of the matrices of output and attention
     */
    private Entrant sparse(String name, int tokens, double otherDensity, float[][] inputs)
            throws IOException {
        return new Entrant(
                name,
                1,
                new ForcedTranslation(
                        RandomModels.translator(
                                tokens,
                                shape.width(),
                                shape.gateHidden(),
                                Geometry.BANKED_8,
                                shape.sparseWeights(),
                                otherDensity),
                        shape.sourceSteps()),
                inputs);
    }

    private float[][] inputs(int tokens) {
        SplittableRandom random = new SplittableRandom(SEED);
        float[][] inputs = new float[INPUTS][shape.sourceSteps() + shape.targetSteps()];
        for (float[] input : inputs) {
            for (int k = 0; k < input.length; k++) {
                input[k] = random.nextInt(TokenVocabulary.SPECIAL.size(), tokens);
            }
            input[shape.sourceSteps()] = TokenVocabulary.BEGIN;
        }
        return inputs;
    }

    private TranslationRow row(int tokens, Entrant entrant) {
        Latency latency = Latency.of(entrant.histogram());
        return new TranslationRow(
                tokens,
                entrant.runtime(),
                entrant.peer().weights(),
                latency.count(),
                latency.p50Micros(),
                latency.p99Micros(),
                latency.p50Micros() / shape.targetSteps(),
                latency.p99Micros() / shape.targetSteps());
    }
}
