package hlstm.trainer.growth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hlstm.sparse.Geometry;
import hlstm.trainer.layers.Parameter.Kind;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class GrowAndPruneConfigTest {
    private static final ScoreTarget NO_TARGET = new ScoreTarget.None();

    private static void refused(String message, Executable made) {
        String found = assertThrows(IllegalArgumentException.class, made).getMessage();
        assertTrue(found.contains(message), found);
    }

    private static GrowAndPruneConfig config(
            int epochs,
            ScoreTarget target,
            Map<Kind, Geometry> geometries,
            double seedDensity,
            Growth growth,
            Pruning pruning) {
        return new GrowAndPruneConfig(
                epochs, target, geometries, seedDensity, growth, 1, pruning, true);
    }

    @Test
    void refusesWhatCannotBeMeant() {
        Map<Kind, Geometry> plain = Configs.PLAIN;
        Growth growth = Configs.GROWTH;
        Pruning pruning = Configs.ITERATIVE;
        refused("epochs must", () -> config(0, NO_TARGET, plain, 0.1, growth, pruning));
        refused("seedDensity", () -> config(9, NO_TARGET, plain, 0, growth, pruning));
        refused("seedDensity", () -> config(9, NO_TARGET, plain, Double.NaN, growth, pruning));
        refused("cannot grow", () -> config(9, NO_TARGET, plain, 1, growth, pruning));
        refused(
                "found NaN",
                () -> config(9, new ScoreTarget.Fixed(Double.NaN), plain, 0.1, growth, pruning));
        refused(
                "biases",
                () ->
                        config(
                                9,
                                NO_TARGET,
                                Map.of(Kind.VECTOR, Geometry.PLAIN),
                                0.1,
                                growth,
                                pruning));
        refused(
                "recurrent diagonal",
                () ->
                        config(
                                9,
                                NO_TARGET,
                                Map.of(Kind.RECURRENT, Geometry.ROWS_16),
                                0.1,
                                growth,
                                pruning));
        refused("tolerance", () -> new ScoreTarget.NearBest(-1));
        refused("tolerance", () -> new ScoreTarget.NearBest(Double.NaN));
        Pruning endless = new Pruning.Iterative(0.2, 0.01, 2, new TargetSize(0, 0, 0));
        refused("to end at", () -> config(9, NO_TARGET, plain, 0.1, growth, endless));
        assertEquals(
                9, config(9, new ScoreTarget.Fixed(0.1), plain, 0.1, growth, endless).epochs());
    }

    @Test
    void refusesBadPartsOfIt() {
        refused("growth share", () -> new Growth(GrowthScore.RANDOM, 1, 0, 1, 1, 1, 0));
        refused("interval", () -> new Growth(GrowthScore.RANDOM, 1, 0.1, 0, 1, 1, 0));
        refused("gradientBatches", () -> new Growth(GrowthScore.RANDOM, 0, 0.1, 1, 1, 1, 0));
        refused("maxEvents", () -> new Growth(GrowthScore.RANDOM, 1, 0.1, 1, -1, 1, 0));
        refused("densityCap", () -> new Growth(GrowthScore.RANDOM, 1, 0.1, 1, 1, 1.1, 0));
        refused("movedShare", () -> new Growth(GrowthScore.RANDOM, 1, 0.1, 1, 1, 1, -0.1));
        TargetSize target = TargetSize.ofDensity(0.1);
        refused("pruning share", () -> new Pruning.Iterative(0, 0.01, 1, target));
        refused("minimumShare", () -> new Pruning.Iterative(0.1, 0, 1, target));
        refused("retrainEpochs", () -> new Pruning.Iterative(0.1, 0.01, 0, target));
        refused("pruning epochs", () -> new Pruning.Gradual(0, 1, target));
        refused("retrainEpochs", () -> new Pruning.Gradual(1, 0, target));
        refused("to end at", () -> new Pruning.Gradual(1, 1, new TargetSize(0, 0, 0)));
        refused("density in [0, 1]", () -> TargetSize.ofDensity(1.5));
        refused("count from 0", () -> TargetSize.ofWeights(-1));
    }

    @Test
    void refusesAStateThatCannotBe() {
        refused(
                "not a state",
                () ->
                        new GrowAndPruneState(
                                GrowAndPruneState.Phase.GROW, 2, 3, 0, 0, 0.2, 0, 0, 1));
        refused("not a state", () -> new GrowAndPruneState(null, 2, 1, 0, 0, 0.2, 0, 0, 1));
        refused(
                "not a state",
                () ->
                        new GrowAndPruneState(
                                GrowAndPruneState.Phase.GROW, 2, 1, 0, 0, Double.NaN, 0, 0, 1));
    }

    @Test
    void theFirstOfTwoTargetSizesCounts() {
        assertEquals(0.2, new TargetSize(0.1, 200, 0).densityOf(1000));
        assertEquals(0.1, new TargetSize(0.1, 50, 0).densityOf(1000));
        assertEquals(1, TargetSize.ofWeights(5000).densityOf(1000));
        assertEquals(0.1, new TargetSize(0.1, 50, 0).densityOf(0));
    }

    @Test
    void attentionAndOutputMayEndAtADensityOfTheirOwn() {
        TargetSize size = TargetSize.ofDensity(0.1).withOutputDensity(0.4);
        assertEquals(0.4, size.densityOf(Kind.OUTPUT, 0.2));
        assertEquals(0.4, size.densityOf(Kind.ATTENTION, 0.1));
        assertEquals(0.4, size.densityOf(Kind.OUTPUT, 0.7));
        assertEquals(0.7, TargetSize.ofDensity(0.1).densityOf(Kind.OUTPUT, 0.7));
        assertEquals(0.2, size.densityOf(Kind.HIDDEN, 0.2));
        refused("[0, 1]", () -> TargetSize.ofDensity(0.1).withOutputDensity(1.5));
    }

    @Test
    void theScheduleIsCubic() {
        Pruning.Gradual gradual = new Pruning.Gradual(10, 1, TargetSize.ofDensity(0.1));
        assertEquals(0.9, gradual.density(0.9, 0.9, 3), 1e-12);
        assertEquals(0.1 + 0.8 * 0.125, gradual.density(0.9, 0.1, 5), 1e-12);
        assertEquals(0.1, gradual.density(0.9, 0.1, 10), 1e-12);
        assertTrue(gradual.density(0.9, 0.1, 1) < 0.9);
    }
}
