package hlstm.trainer.growth;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hlstm.sparse.Geometry;
import hlstm.trainer.layers.Parameter;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PhaseEpochsTest {
    PhaseEpochsTest() {}

    private static PhaseEpochs of(int maxEvents, ScoreTarget target, Pruning pruning) {
        return PhaseEpochs.of(
                new GrowAndPruneConfig(
                        1000,
                        target,
                        Map.of(Parameter.Kind.INPUT, Geometry.PLAIN),
                        0.3,
                        new Growth(GrowthScore.RANDOM, 1, 0.1, 3, maxEvents, 0.5, 0),
                        4,
                        pruning,
                        false));
    }

    @Test
    void aScheduleTakesItsCutsAndRetraining() {
        Pruning gradual = new Pruning.Gradual(10, 15, TargetSize.ofDensity(0.1));
        // Two events and an interval after them, then 4 to settle; the first cut is at their end.
        PhaseEpochs phases = of(5, new ScoreTarget.None(), gradual);
        assertEquals(2, phases.growthEvents(), "from 0.3 to 0.5 by steps of 0.1");
        assertEquals(3 * 3 + 4 + 9 + 15, phases.total());
        assertEquals(3 * 3 + 4 + 10, phases.fewest());
        assertEquals(3 * 2 + 4 + 10, of(1, new ScoreTarget.None(), gradual).fewest());
        assertEquals(4 + 10, of(0, new ScoreTarget.None(), gradual).fewest());
    }

    @Test
    void iterativePruningNeedsAFirstCutAtLeast() {
        Pruning iterative = new Pruning.Iterative(0.5, 0.01, 6, TargetSize.ofDensity(0.125));
        PhaseEpochs phases = of(2, new ScoreTarget.None(), iterative);
        assertEquals(2, phases.cuts(), "0.5, 0.25, 0.125");
        assertEquals(9 + 4 + 1, phases.fewest());
        assertEquals(9 + 4 + 6 + 6, phases.total());
    }

    @Test
    void growthThatATargetEndsMayTakeAnEpoch() {
        Pruning gradual = new Pruning.Gradual(2, 1, TargetSize.ofDensity(0.1));
        assertEquals(1 + 4 + 2, of(2, new ScoreTarget.Fixed(10), gradual).fewest());
        assertEquals(9 + 4 + 2, of(2, new ScoreTarget.NearBest(1), gradual).fewest());
    }

    @Test
    void growthAloneNeedsItsLastEvent() {
        assertEquals(3 * 2 + 1, of(2, new ScoreTarget.None(), new Pruning.None()).fewest());
        assertEquals(1, PhaseEpochs.of(GrowAndPruneConfig.dense(7)).fewest());
        assertEquals(0, PhaseEpochs.of(GrowAndPruneConfig.dense(7)).total());
    }
}
