package hlstm.trainer.growth;

import static hlstm.trainer.growth.PolicyEvent.Type.FINISH;
import static hlstm.trainer.growth.PolicyEvent.Type.GROW;
import static hlstm.trainer.growth.PolicyEvent.Type.PRUNE;
import static hlstm.trainer.growth.PolicyEvent.Type.ROLL_BACK;
import static hlstm.trainer.growth.PolicyEvent.Type.SEED;
import static hlstm.trainer.growth.PolicyEvent.Type.SWAP_ACTIVATION;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hlstm.sparse.Geometry;
import hlstm.trainer.growth.GrowAndPruneState.Phase;
import hlstm.trainer.layers.Parameter;
import hlstm.trainer.layers.Parameter.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class GrowAndPruneTest {
    private static final ScoreTarget NO_TARGET = new ScoreTarget.None();

    @Test
    void denseTrainingChangesNothing() {
        ScriptedRun run =
                new ScriptedRun(GrowAndPruneConfig.dense(4), 1, epoch -> 0.5).prepare().finish();
        assertEquals(List.of(FINISH), run.types());
        assertEquals(4, run.policy.state().epoch());
        assertTrue(run.parameters.stream().noneMatch(Parameter::isSparse));
        assertTrue(run.gatheringBatches.isEmpty());
        assertEquals(1, run.policy.density());
    }

    @Test
    void phasesHappenInOrder() {
        ScriptedRun run =
                new ScriptedRun(
                                Configs.growAndPrune(
                                        99, NO_TARGET, Configs.PLAIN, Configs.ITERATIVE),
                                1,
                                epoch -> 0.5)
                        .prepare();
        List<Phase> phases = new ArrayList<>(List.of(run.policy.phase()));
        while (!run.isFinished()) {
            run.epoch();
            if (run.policy.phase() != phases.getLast()) {
                phases.add(run.policy.phase());
            }
        }
        assertEquals(List.of(Phase.GROW, Phase.SETTLE, Phase.PRUNE, Phase.DONE), phases);
        // From density 0.5 by cuts of a fifth to 0.1: eight, the last one smaller.
        List<PolicyEvent.Type> expected =
                new ArrayList<>(List.of(SEED, GROW, GROW, GROW, SWAP_ACTIVATION));
        expected.addAll(Stream.generate(() -> PRUNE).limit(8).toList());
        expected.add(FINISH);
        assertEquals(expected, run.types());
        // Growth after epochs 2, 4, 6; settled from 8 to 10; cuts three epochs apart from there.
        assertEquals(10 + 8 * 3, run.policy.state().epoch());
        assertEquals(0.2, run.densities.get(0), 0.01);
        assertEquals(0.3, run.densities.get(2), 0.01);
        assertEquals(0.4, run.densities.get(4), 0.01);
        assertEquals(0.5, run.densities.get(6), 0.01);
        assertEquals(0.4, run.densities.get(10), 0.01);
        assertEquals(0.32, run.densities.get(13), 0.01);
        assertEquals(0.1, run.policy.density(), 0.001);
        for (String name : List.of("input", "recurrent", "hidden")) {
            assertEquals(0.1, ScriptedRun.density(run.parameter(name)), 0.005);
        }
        assertFalse(run.parameter("linear").isSparse());
        assertFalse(run.parameter("bias").isSparse());
    }

    @Test
    void growthStopsAtTheTargetScore() {
        ScriptedRun run =
                new ScriptedRun(
                                Configs.growAndPrune(
                                        20,
                                        new ScoreTarget.Fixed(0.1),
                                        Configs.PLAIN,
                                        Configs.ITERATIVE),
                                1,
                                epoch -> epoch == 2 ? 0.1 : 0.2)
                        .prepare()
                        .finish();
        // The target is not met again, so that nothing may be pruned.
        assertEquals(List.of(SEED, GROW, SWAP_ACTIVATION, FINISH), run.types());
        assertTrue(run.events.getLast().detail().contains("settle"), run.events.toString());
        assertEquals(0.3, run.policy.density(), 0.01);
    }

    @Test
    void growthStopsAtTheDensityCap() {
        Growth growth = new Growth(GrowthScore.GRADIENT, 9, 0.1, 1, 99, 0.35, 0);
        GrowAndPruneConfig config =
                new GrowAndPruneConfig(
                        9, NO_TARGET, Configs.PLAIN, 0.2, growth, 1, new Pruning.None(), false);
        ScriptedRun run = new ScriptedRun(config, 1, epoch -> 0.5).prepare().finish();
        assertEquals(List.of(SEED, GROW, GROW, SWAP_ACTIVATION, FINISH), run.types());
        assertEquals(0.35, run.policy.density(), 0.001);
    }

    @Test
    void growthFollowsTheGradient() {
        Growth growth = new Growth(GrowthScore.GRADIENT, 1, 0.01, 1, 1, 1, 0);
        GrowAndPruneConfig config =
                new GrowAndPruneConfig(
                        9, NO_TARGET, Configs.PLAIN, 0.2, growth, 1, new Pruning.None(), false);
        ScriptedRun run = new ScriptedRun(config, 1, epoch -> 0.5).prepare();
        run.policy.beforeBatch(0, 1);
        Parameter parameter = run.parameter("input");
        for (Parameter other : run.parameters) {
            if (other.denseGradient() != null) {
                Arrays.fill(other.denseGradient(), 0.5f);
            }
        }
        List<Integer> wanted = new ArrayList<>();
        for (int k = 0; wanted.size() < 16; k += 5) {
            if (parameter.pattern().position(k / 24, k % 24) < 0) {
                wanted.add(k);
                parameter.denseGradient()[k] = k % 2 == 0 ? -1 : 1;
            }
        }
        int before = parameter.values().length;
        run.policy.afterEpoch(0.5, run);
        assertEquals(before + 16, parameter.values().length);
        for (int k : wanted) {
            int position = parameter.pattern().position(k / 24, k % 24);
            assertTrue(position >= 0);
            assertEquals(0, parameter.values()[position]);
        }
        assertNull(parameter.denseGradient());
    }

    @Test
    void theDenseGradientIsGatheredOnlyBeforeAnEvent() {
        ScriptedRun run =
                new ScriptedRun(
                                Configs.growAndPrune(
                                        12, NO_TARGET, Configs.PLAIN, new Pruning.None()),
                                1,
                                epoch -> 0.5)
                        .prepare()
                        .finish();
        // The last two of the five batches of epochs 1, 3 and 5.
        assertEquals(List.of(8, 9, 18, 19, 28, 29), run.gatheringBatches);
    }

    @Test
    void randomGrowthIsAControlBySeed() {
        List<GrowAndPruneState> states = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        List<Object> patterns = new ArrayList<>();
        for (long seed : new long[] {1, 1, 2}) {
            Growth growth = new Growth(GrowthScore.RANDOM, 1, 0.1, 2, 3, 1, 0.1);
            GrowAndPruneConfig config =
                    new GrowAndPruneConfig(
                            20, NO_TARGET, Configs.BANKED, 0.2, growth, 2, Configs.GRADUAL, false);
            ScriptedRun run = new ScriptedRun(config, seed, epoch -> 0.5).prepare().finish();
            assertTrue(run.gatheringBatches.isEmpty());
            states.add(run.policy.state());
            sizes.add(run.parameter("input").values().length);
            patterns.add(run.parameter("input").pattern());
        }
        assertEquals(states.get(0).epoch(), states.get(2).epoch());
        assertEquals(sizes.get(0), sizes.get(2));
        assertEquals(patterns.get(0), patterns.get(1));
        assertNotEquals(patterns.get(0), patterns.get(2));
    }

    @ParameterizedTest
    @EnumSource
    void pruningOnlyStaysDenseUntilTheFirstCut(Geometry geometry) {
        ScriptedRun run =
                new ScriptedRun(
                                Configs.pruningOnly(
                                        20, NO_TARGET, Configs.gates(geometry), Configs.GRADUAL),
                                1,
                                epoch -> 0.5)
                        .prepare();
        assertEquals(List.of(SWAP_ACTIVATION), run.types());
        run.epoch();
        assertFalse(run.parameter("input").isSparse());
        run.finish();
        assertEquals(List.of(SWAP_ACTIVATION, PRUNE, PRUNE, PRUNE, PRUNE, FINISH), run.types());
        // Two epochs dense, cuts after epochs 2 to 5, three of retraining.
        assertEquals(8, run.policy.state().epoch());
        Parameter input = run.parameter("input");
        assertEquals(geometry, input.pattern().geometry());
        double atom = geometry.tileRows() / (64.0 * 24);
        for (int cut = 1; cut <= 4; cut++) {
            double left = 1 - cut / 4.0;
            double expected = 0.1 + 0.9 * left * left * left;
            double found = run.densities.get(1 + cut);
            assertEquals(expected, found, 0.04);
            assertTrue(found <= expected, "a cut may only go below the schedule");
        }
        assertEquals(0.1, ScriptedRun.density(input), 2 * atom);
    }

    @Test
    void kindsHaveTheirOwnGeometry() {
        Map<Kind, Geometry> geometries =
                Map.of(Kind.INPUT, Geometry.ROWS_8, Kind.RECURRENT, Geometry.BANKED_8);
        ScriptedRun run =
                new ScriptedRun(
                                Configs.growAndPrune(30, NO_TARGET, geometries, Configs.GRADUAL),
                                1,
                                epoch -> 0.5)
                        .prepare()
                        .finish();
        assertEquals(Geometry.ROWS_8, run.parameter("input").pattern().geometry());
        assertEquals(Geometry.BANKED_8, run.parameter("recurrent").pattern().geometry());
        assertFalse(run.parameter("hidden").isSparse());
        assertEquals(
                run.parameter("input").values().length + run.parameter("recurrent").values().length,
                run.policy.weights());
    }

    @Test
    void aMissedTargetRollsBackAndHalvesTheCut() {
        // Two cuts are accepted at once, then retraining fails for good.
        ScriptedRun run =
                new ScriptedRun(
                                Configs.pruningOnly(
                                        99,
                                        new ScoreTarget.Fixed(0.3),
                                        Configs.PLAIN,
                                        Configs.ITERATIVE),
                                1,
                                epoch -> epoch < 4 ? 0.3 : 0.4)
                        .prepare();
        while (run.policy.state().epoch() < 4) {
            run.epoch();
        }
        List<ScriptedRun.Kept> accepted = run.good;
        assertEquals(0.512, run.policy.density(), 0.001);
        run.finish();
        assertEquals(
                List.of(
                        SWAP_ACTIVATION,
                        PRUNE,
                        PRUNE,
                        PRUNE,
                        ROLL_BACK,
                        PRUNE,
                        ROLL_BACK,
                        PRUNE,
                        ROLL_BACK,
                        FINISH),
                run.types());
        List<PolicyEvent> cuts =
                run.events.stream().filter(event -> event.type() == PRUNE).toList();
        double[] shares = {0.2, 0.2, 0.2, 0.1, 0.05};
        for (int k = 0; k < shares.length; k++) {
            PolicyEvent cut = cuts.get(k);
            assertTrue(cut.detail().contains("share " + shares[k]), cut.detail());
            assertEquals(shares[k], 1 - (double) cut.weightsAfter() / cut.weightsBefore(), 0.002);
        }
        // Each failure takes three epochs of retraining.
        assertEquals(4 + 3 * 3, run.policy.state().epoch());
        assertEquals(0.64, run.policy.density(), 0.001);
        assertSame(accepted, run.parameters);
    }

    private static void assertSame(List<ScriptedRun.Kept> expected, List<Parameter> found) {
        for (int k = 0; k < found.size(); k++) {
            ScriptedRun.Kept kept = ScriptedRun.kept(found.get(k));
            assertEquals(expected.get(k).pattern(), kept.pattern());
            assertArrayEquals(expected.get(k).values(), kept.values());
            assertArrayEquals(
                    expected.get(k).slots().toArray(float[][]::new),
                    kept.slots().toArray(float[][]::new));
        }
    }

    @Test
    void aRollBackMayReturnToDenseMatrices() {
        ScriptedRun run =
                new ScriptedRun(
                                Configs.pruningOnly(
                                        99,
                                        new ScoreTarget.Fixed(0.3),
                                        Configs.BANKED,
                                        Configs.ITERATIVE),
                                1,
                                epoch -> epoch < 2 ? 0.3 : 0.4)
                        .prepare()
                        .finish();
        assertEquals(FINISH, run.events.getLast().type());
        assertFalse(run.parameter("input").isSparse());
    }

    @Test
    void anEpochThatWasNotScoredRollsNothingBack() {
        // Retraining is up after epoch 4, but epoch 5 is the next one with a score, and meets it.
        double none = Double.POSITIVE_INFINITY;
        double[] scores = {none, 0.3, none, 0.4, none, 0.3, none, 0.4, none, 0.4};
        ScriptedRun run =
                new ScriptedRun(
                                Configs.pruningOnly(
                                        99,
                                        new ScoreTarget.Fixed(0.3),
                                        Configs.PLAIN,
                                        Configs.ITERATIVE),
                                1,
                                epoch -> scores[epoch])
                        .prepare();
        for (int epoch = 0; epoch < 6; epoch++) {
            run.epoch();
        }
        assertEquals(List.of(SWAP_ACTIVATION, PRUNE, PRUNE), run.types());
        while (run.policy.state().epoch() < scores.length - 1) {
            run.epoch();
        }
        assertEquals(List.of(SWAP_ACTIVATION, PRUNE, PRUNE), run.types());
        run.epoch();
        assertEquals(List.of(SWAP_ACTIVATION, PRUNE, PRUNE, ROLL_BACK, PRUNE), run.types());
    }

    @Test
    void aTargetNearTheBestIsFixedByTheFirstCut() {
        // Dense for two epochs, then 0.35 meets 0.3 + 0.05, and so does what is better; 0.36 not,
        // although it would meet the worse of the two dense scores.
        double[] scores = {0.4, 0.3, 0.35, 0.2, 0.36, 0.36, 0.36, 0.26};
        ScriptedRun run =
                new ScriptedRun(
                                Configs.pruningOnly(
                                        9,
                                        new ScoreTarget.NearBest(0.05),
                                        Configs.PLAIN,
                                        Configs.ITERATIVE),
                                1,
                                epoch -> scores[epoch])
                        .prepare();
        for (int epoch = 0; epoch < scores.length; epoch++) {
            run.epoch();
        }
        assertEquals(
                List.of(SWAP_ACTIVATION, PRUNE, PRUNE, PRUNE, ROLL_BACK, PRUNE, PRUNE),
                run.types());
        assertEquals(0.3, run.policy.state().bestScore());
    }

    @Test
    void growthDoesNotEndByATargetNearTheBest() {
        ScriptedRun run =
                new ScriptedRun(
                                Configs.growAndPrune(
                                        10,
                                        new ScoreTarget.NearBest(0.05),
                                        Configs.PLAIN,
                                        Configs.ITERATIVE),
                                1,
                                epoch -> 0.3)
                        .prepare()
                        .finish();
        assertEquals(List.of(SEED, GROW, GROW, GROW, SWAP_ACTIVATION, FINISH), run.types());
    }

    @Test
    void theBudgetEndsWithAStateThatMeetsTheTarget() {
        GrowAndPruneConfig config =
                Configs.pruningOnly(
                        4, new ScoreTarget.Fixed(0.3), Configs.PLAIN, Configs.ITERATIVE);
        ScriptedRun missed =
                new ScriptedRun(config, 1, epoch -> epoch < 3 ? 0.3 : 0.4).prepare().finish();
        assertEquals(List.of(SWAP_ACTIVATION, PRUNE, PRUNE, ROLL_BACK, FINISH), missed.types());
        assertEquals(0.8, missed.policy.density(), 0.001);
        assertSame(missed.good, missed.parameters);
        ScriptedRun met = new ScriptedRun(config, 1, epoch -> 0.3).prepare().finish();
        assertEquals(List.of(SWAP_ACTIVATION, PRUNE, PRUNE, FINISH), met.types());
        assertEquals(0.64, met.policy.density(), 0.001);
        assertSame(met.good, met.parameters);
    }

    @Test
    void pruningEndsAtACountOfWeights() {
        for (Pruning pruning :
                List.of(
                        new Pruning.Iterative(0.3, 0.01, 1, TargetSize.ofWeights(500)),
                        new Pruning.Gradual(3, 1, TargetSize.ofWeights(500)))) {
            ScriptedRun run =
                    new ScriptedRun(
                                    Configs.pruningOnly(50, NO_TARGET, Configs.PLAIN, pruning),
                                    1,
                                    epoch -> 0.5)
                            .prepare()
                            .finish();
            assertTrue(run.policy.weights() <= 500);
            assertTrue(run.policy.weights() > 495);
        }
    }

    @Test
    void theRecurrentDiagonalIsKept() {
        for (Geometry geometry : List.of(Geometry.PLAIN, Geometry.BANKED_8)) {
            Pruning pruning = new Pruning.Iterative(0.5, 0.1, 1, TargetSize.ofWeights(1));
            GrowAndPruneConfig config =
                    new GrowAndPruneConfig(
                            99,
                            NO_TARGET,
                            Map.of(Kind.RECURRENT, geometry),
                            1,
                            Growth.none(),
                            1,
                            pruning,
                            true);
            ScriptedRun run = new ScriptedRun(config, 1, epoch -> 0.5).prepare().finish();
            assertEquals(64, run.policy.weights());
            assertTrue(run.events.getLast().detail().contains("nothing is left"));
            for (int row = 0; row < 64; row++) {
                assertTrue(run.parameter("recurrent").pattern().position(row, row % 16) >= 0);
            }
        }
    }

    static Stream<GrowAndPruneConfig> resumable() {
        ScoreTarget target = new ScoreTarget.Fixed(0.3);
        return Stream.of(
                GrowAndPruneConfig.dense(3),
                Configs.growAndPrune(40, target, Configs.BANKED, Configs.ITERATIVE),
                Configs.growAndPrune(40, NO_TARGET, Configs.PLAIN, Configs.ITERATIVE),
                Configs.growAndPrune(
                        40, NO_TARGET, Configs.gates(Geometry.ROWS_4), Configs.GRADUAL),
                new GrowAndPruneConfig(
                        40,
                        NO_TARGET,
                        Configs.BANKED,
                        0.1,
                        new Growth(GrowthScore.RANDOM, 1, 0.1, 1, 4, 0.4, 0.1),
                        1,
                        Configs.GRADUAL,
                        true),
                Configs.pruningOnly(40, target, Configs.BANKED, Configs.ITERATIVE),
                Configs.growAndPrune(
                        40, new ScoreTarget.NearBest(0.05), Configs.PLAIN, Configs.ITERATIVE));
    }

    @ParameterizedTest
    @MethodSource("resumable")
    void aKilledRunGoesOnToTheSameEnd(GrowAndPruneConfig config) {
        // Meets the target three epochs out of four until epoch 14, and never after.
        IntToDoubleFunction scores =
                epoch -> epoch > 6 && epoch < 15 && epoch % 4 > 0 ? 0.25 : 0.35;
        ScriptedRun whole = new ScriptedRun(config, 5, scores).prepare().finish();
        int epochs = whole.policy.state().epoch();
        for (int killed = 1; killed < epochs; killed++) {
            ScriptedRun first = new ScriptedRun(config, 5, scores).prepare();
            for (int epoch = 0; epoch < killed; epoch++) {
                first.epoch();
            }
            ScriptedRun second = new ScriptedRun(config, 5, scores).resume(first).finish();
            assertEquals(whole.events, second.events);
            assertEquals(whole.policy.state(), second.policy.state());
            assertSame(
                    whole.parameters.stream().map(ScriptedRun::kept).toList(), second.parameters);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"GROW", "PRUNE", "RETRAIN"})
    void refusesTheStateOfAnotherRecipe(Phase phase) {
        GrowAndPrune policy = new GrowAndPrune(GrowAndPruneConfig.dense(9), List.of(), 1);
        String message =
                assertThrows(
                                IllegalArgumentException.class,
                                () ->
                                        policy.resume(
                                                new GrowAndPruneState(
                                                        phase, 2, 1, 0, 0, 0, 0, 0, 1)))
                        .getMessage();
        assertTrue(message.contains("phase " + phase), message);
    }

    @Test
    void banksMoveConnectionsAtEvents() {
        Growth still = new Growth(GrowthScore.GRADIENT, 1, 0.1, 1, 1, 1, 0);
        Growth moving = new Growth(GrowthScore.GRADIENT, 1, 0.1, 1, 1, 1, 0.2);
        List<ScriptedRun> runs = new ArrayList<>();
        for (Growth growth : List.of(still, moving)) {
            GrowAndPruneConfig config =
                    new GrowAndPruneConfig(
                            9,
                            NO_TARGET,
                            Configs.BANKED,
                            0.25,
                            growth,
                            1,
                            new Pruning.None(),
                            false);
            ScriptedRun run = new ScriptedRun(config, 1, epoch -> 0.5).prepare();
            run.good = run.parameters.stream().map(ScriptedRun::kept).toList();
            run.epoch();
            runs.add(run);
        }
        int[] gone = new int[2];
        for (int k = 0; k < 2; k++) {
            var before = runs.get(k).good.getFirst().pattern();
            var after = runs.get(k).parameters.getFirst().pattern();
            for (int row = 0; row < before.rows(); row++) {
                for (int c = before.rowOffset(row); c < before.rowOffset(row + 1); c++) {
                    gone[k] += after.position(row, before.column(c)) < 0 ? 1 : 0;
                }
            }
        }
        assertEquals(0, gone[0]);
        assertTrue(gone[1] > 10 && gone[1] <= 0.2 * 0.25 * 64 * 24, "moved " + gone[1]);
        assertEquals(runs.get(0).policy.weights(), runs.get(1).policy.weights());
    }

    @Test
    void movesWhilePruningAreGuidedByTheGradientOfTheLastBatches() {
        Growth moves = new Growth(GrowthScore.GRADIENT, 2, 1, 1, 0, 1, 0.1);
        GrowAndPruneConfig config =
                new GrowAndPruneConfig(
                        20, NO_TARGET, Configs.BANKED, 0.5, moves, 2, Configs.GRADUAL, false);
        ScriptedRun run = new ScriptedRun(config, 1, epoch -> 0.5).prepare().finish();
        // Four cuts, after epochs 1 to 4.
        assertEquals(List.of(8, 9, 13, 14, 18, 19, 23, 24), run.gatheringBatches);
    }

    @Test
    void divergedWeightsAndGradientsAreNamed() {
        ScriptedRun run =
                new ScriptedRun(
                                Configs.growAndPrune(20, NO_TARGET, Configs.PLAIN, Configs.GRADUAL),
                                1,
                                epoch -> 0.5)
                        .prepare();
        run.epoch();
        run.policy.beforeBatch(0, 1);
        run.parameter("input").denseGradient()[25] = Float.NaN;
        run.parameter("input").denseGradient()[0] = 1;
        String message =
                assertThrows(IllegalStateException.class, () -> run.policy.afterEpoch(0.5, run))
                        .getMessage();
        assertTrue(message.contains("of input"), message);
        assertTrue(message.contains("row 1, column 1 is NaN"), message);
    }

    @Test
    void aGradientThatNobodyGatheredIsRefused() {
        GrowAndPruneConfig config =
                Configs.growAndPrune(20, NO_TARGET, Configs.PLAIN, Configs.GRADUAL);
        ScriptedRun none = new ScriptedRun(config, 1, epoch -> 0.5).prepare();
        none.policy.afterEpoch(0.5, none);
        String message =
                assertThrows(IllegalStateException.class, () -> none.policy.afterEpoch(0.5, none))
                        .getMessage();
        assertTrue(message.contains("beforeBatch"), message);
        ScriptedRun zero = new ScriptedRun(config, 1, epoch -> 0.5).prepare();
        zero.policy.afterEpoch(0.5, zero);
        zero.policy.beforeBatch(0, 1);
        message =
                assertThrows(IllegalStateException.class, () -> zero.policy.afterEpoch(0.5, zero))
                        .getMessage();
        assertTrue(message.contains("zero everywhere"), message);
    }

    @Test
    void refusesToBeDrivenWrongly() {
        ScriptedRun run =
                new ScriptedRun(
                                Configs.growAndPrune(4, NO_TARGET, Configs.PLAIN, Configs.GRADUAL),
                                1,
                                epoch -> 0.5)
                        .prepare();
        assertThrows(IllegalStateException.class, run.policy::prepare);
        assertThrows(IllegalArgumentException.class, () -> run.policy.afterEpoch(Double.NaN, run));
        run.epoch();
        assertThrows(IllegalStateException.class, run.policy::prepare);
        run.finish();
        assertThrows(IllegalStateException.class, () -> run.policy.afterEpoch(0.5, run));
        assertThrows(
                IllegalArgumentException.class,
                () ->
                        new GrowAndPrune(
                                Configs.growAndPrune(4, NO_TARGET, Configs.PLAIN, Configs.GRADUAL),
                                List.of(new Parameter("bias", Kind.VECTOR, 3, 1)),
                                1));
    }

    @Test
    void theSeedKeepsTheVarianceOfPreActivations() {
        ScriptedRun run =
                new ScriptedRun(
                        Configs.growAndPrune(4, NO_TARGET, Configs.BANKED, Configs.GRADUAL),
                        1,
                        epoch -> 0.5);
        double before = energy(run.parameter("input").values());
        run.prepare();
        assertEquals(1, energy(run.parameter("input").values()) / before, 0.2);
    }

    private static double energy(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value * value;
        }
        return sum;
    }
}
