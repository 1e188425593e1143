package hlstm.trainer.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ModelSelectionTest {
    private final ModelSelection selection = new ModelSelection();

    ModelSelectionTest() {}

    @Test
    void theMostAccurateIsChosenWhereNoneIsCompact() {
        Candidate first = new Candidate(1, 100, 20, 9);
        assertTrue(selection.offer(first, false));
        assertFalse(selection.offer(new Candidate(2, 100, 21, 8), false));
        assertEquals(1, selection.withoutGain());
        Candidate tie = new Candidate(3, 100, 20, 9);
        assertTrue(selection.offer(tie, false), "trained for longer");
        assertEquals(tie, selection.chosen());
        assertEquals(2, selection.withoutGain(), "but no gain");
        Candidate fewerCharacters = new Candidate(4, 100, 20, 8);
        assertTrue(selection.offer(fewerCharacters, false));
        assertEquals(fewerCharacters, selection.chosen());
        assertEquals(0, selection.withoutGain());
        assertNull(selection.compact());
    }

    @Test
    void theSmallestEligibleIsChosenAndTheMostAccurateKeptBesides() {
        Candidate accurate = new Candidate(1, 100, 20, 9);
        Candidate small = new Candidate(3, 40, 25, 9);
        selection.offer(accurate, true);
        assertTrue(selection.offer(new Candidate(2, 40, 26, 9), true));
        assertTrue(selection.offer(small, true));
        assertFalse(selection.offer(new Candidate(4, 10, 90, 40), false), "not eligible");
        assertFalse(selection.offer(new Candidate(5, 50, 24, 9), true), "larger");
        assertEquals(small, selection.chosen());
        assertEquals(accurate, selection.accurate());
    }

    /** Pruned without them, an output layer makes a network smaller, too. */
    @Test
    void connectionsOfAttentionAndOutputCount() {
        Candidate dense = new Candidate(1, 40, 100L, 20, 9, null);
        Candidate pruned = new Candidate(2, 40, 60L, 22, 9, null);
        assertTrue(selection.offer(dense, true));
        assertTrue(selection.offer(pruned, true));
        assertFalse(selection.offer(new Candidate(3, 30, 70L, 23, 9, null), true));
        assertEquals(pruned, selection.chosen());
        assertEquals(dense, selection.accurate());
    }

    /** Checkpoints of earlier versions note gate weights alone. */
    @Test
    void whereConnectionsAreUnknownGateWeightsDecide() {
        Candidate earlier = new Candidate(1, 40, null, 20, 9, null);
        assertTrue(selection.offer(earlier, true));
        assertFalse(selection.offer(new Candidate(2, 40, 60L, 22, 9, null), true));
        Candidate smaller = new Candidate(3, 39, 60L, 22, 9, null);
        assertTrue(selection.offer(smaller, true));
        assertEquals(smaller, selection.chosen());
    }

    @Test
    void theMostAccurateOfThoseThatReachAGoalOfSizeIsChosen() {
        ModelSelection goal = new ModelSelection(true);
        goal.offer(new Candidate(1, 100, 10, 5), false);
        Candidate first = new Candidate(2, 40, 25, 9);
        assertTrue(goal.offer(first, true));
        assertFalse(goal.offer(new Candidate(3, 20, 26, 9), true), "smaller, less accurate");
        assertEquals(first, goal.chosen());
        Candidate better = new Candidate(4, 45, 24, 9);
        assertTrue(goal.offer(better, true));
        assertEquals(better, goal.chosen());
    }

    @Test
    void aSelectionGoesOnWhereAnotherWas() {
        Candidate accurate = new Candidate(1, 100, 20, 9);
        Candidate compact = new Candidate(2, 50, 21, 9);
        selection.resume(accurate, compact, 3);
        assertFalse(selection.offer(new Candidate(5, 50, 22, 9), true));
        assertEquals(4, selection.withoutGain());
        assertEquals(compact, selection.chosen());
    }
}
