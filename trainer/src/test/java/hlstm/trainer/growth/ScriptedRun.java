package hlstm.trainer.growth;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hlstm.sparse.SparsityPattern;
import hlstm.trainer.layers.Parameter;
import hlstm.trainer.layers.Parameter.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;

/**
 * A training loop without a network: epochs that move the weights and fill the dense gradient as a
 * function of the epoch, and scores by a script.
 */
final class ScriptedRun implements GoodState {
    static final int BATCHES = 5;

    final List<Parameter> parameters = new ArrayList<>();
    final List<PolicyEvent> events = new ArrayList<>();
    final List<Double> densities = new ArrayList<>();
    final List<Integer> gatheringBatches = new ArrayList<>();
    final GrowAndPrune policy;
    List<Kept> good;

    private final IntToDoubleFunction scores;
    private int epoch;

    /** What a checkpoint holds of a parameter. */
    record Kept(SparsityPattern pattern, float[] values, List<float[]> slots) {}

    ScriptedRun(GrowAndPruneConfig config, long seed, IntToDoubleFunction scores) {
        parameters.add(new Parameter("input", Kind.INPUT, 64, 24));
        parameters.add(new Parameter("recurrent", Kind.RECURRENT, 64, 16));
        parameters.add(new Parameter("hidden", Kind.HIDDEN, 19, 21));
        parameters.add(new Parameter("linear", Kind.OTHER, 5, 16));
        parameters.add(new Parameter("bias", Kind.VECTOR, 64, 1));
        SplittableRandom random = new SplittableRandom(99);
        for (Parameter parameter : parameters) {
            float[] values = parameter.values();
            for (int k = 0; k < values.length; k++) {
                values[k] = (float) random.nextDouble(-1, 1);
            }
            parameter.slots().add(new float[values.length]);
        }
        this.policy = new GrowAndPrune(config, parameters, seed);
        this.scores = scores;
    }

    /** A run of seed 1 that is ready for its first epoch. */
    static ScriptedRun prepared(GrowAndPruneConfig config, IntToDoubleFunction scores) {
        return new ScriptedRun(config, 1, scores).prepare();
    }

    ScriptedRun prepare() {
        events.addAll(policy.prepare());
        densities.add(policy.density());
        return this;
    }

    /** Goes on from another run after its last epoch, as from a checkpoint. */
    ScriptedRun resume(ScriptedRun other) {
        restore(other.kept());
        good = other.good;
        epoch = other.epoch;
        events.addAll(other.events);
        densities.addAll(other.densities);
        policy.resume(other.policy.state());
        return this;
    }

    ScriptedRun finish() {
        while (!isFinished()) {
            epoch();
        }
        return this;
    }

    boolean isFinished() {
        return policy.phase() == GrowAndPruneState.Phase.DONE;
    }

    void epoch() {
        for (int batch = 0; batch < BATCHES; batch++) {
            policy.beforeBatch(batch, BATCHES);
            for (Parameter parameter : parameters) {
                SplittableRandom random =
                        new SplittableRandom(
                                1000L * epoch + 10 * batch + parameter.name().length());
                train(parameter, random);
            }
            if (parameters.stream().anyMatch(p -> p.denseGradient() != null)) {
                gatheringBatches.add(epoch * BATCHES + batch);
            }
        }
        boolean foreseen = policy.mayEndAfterEpoch();
        events.addAll(policy.afterEpoch(scores.applyAsDouble(epoch), this));
        if (isFinished()) {
            String reason = events.getLast().detail();
            assertTrue(foreseen || reason.startsWith("epoch budget spent"), reason);
        }
        densities.add(policy.density());
        epoch++;
    }

    private static void train(Parameter parameter, SplittableRandom random) {
        float[] values = parameter.values();
        for (int k = 0; k < values.length; k++) {
            float step = (float) random.nextDouble(-0.1, 0.1);
            values[k] += step;
            parameter.slots().getFirst()[k] = step;
        }
        float[] gradient = parameter.denseGradient();
        for (int k = 0; gradient != null && k < gradient.length; k++) {
            gradient[k] += (float) random.nextDouble(-1, 1);
        }
    }

    List<PolicyEvent.Type> types() {
        return events.stream().map(PolicyEvent::type).toList();
    }

    Parameter parameter(String name) {
        return parameters.stream().filter(p -> p.name().equals(name)).findFirst().orElseThrow();
    }

    static double density(Parameter parameter) {
        return (double) parameter.values().length / (parameter.rows() * parameter.columns());
    }

    /** What a checkpoint would hold now. */
    List<Kept> kept() {
        return parameters.stream().map(ScriptedRun::kept).toList();
    }

    private static Kept kept(Parameter parameter) {
        return new Kept(
                parameter.pattern(),
                parameter.values().clone(),
                parameter.slots().stream().map(float[]::clone).toList());
    }

    /** Asserts that patterns, values and slots are those of a state that was kept. */
    void assertHolds(List<Kept> expected) {
        List<Kept> found = kept();
        assertEquals(expected.size(), found.size());
        for (int k = 0; k < found.size(); k++) {
            assertEquals(expected.get(k).pattern(), found.get(k).pattern());
            assertArrayEquals(expected.get(k).values(), found.get(k).values());
            assertArrayEquals(
                    expected.get(k).slots().toArray(float[][]::new),
                    found.get(k).slots().toArray(float[][]::new));
        }
    }

    @Override
    public void keep() {
        good = kept();
    }

    @Override
    public void restore() {
        restore(good);
    }

    private void restore(List<Kept> state) {
        for (int k = 0; k < parameters.size(); k++) {
            Kept kept = state.get(k);
            parameters.get(k).restore(kept.pattern(), kept.values(), kept.slots());
        }
    }
}
