package hlstm.trainer.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class LearningRateScheduleTest {
    @Test
    void exponentialFallsAfterWholeEpochs() {
        LearningRateSchedule schedule = LearningRateSchedule.exponential(8, 2);
        assertEquals(8, schedule.at(0.99));
        assertEquals(4, schedule.at(1));
        assertEquals(1, schedule.at(3.5));
    }

    @Test
    void cosineEndsAtTheLowest() {
        LearningRateSchedule schedule = LearningRateSchedule.cosine(3, 1, 10);
        assertEquals(3, schedule.at(0));
        assertEquals(2, schedule.at(5), 1e-12);
        assertEquals(1, schedule.at(10), 1e-12);
        assertEquals(1, schedule.at(25), 1e-12);
    }

    @Test
    void warmUpRises() {
        LearningRateSchedule schedule = LearningRateSchedule.constant(6).afterWarmUp(2);
        assertEquals(0, schedule.at(0));
        assertEquals(3, schedule.at(1));
        assertEquals(6, schedule.at(2));
        assertEquals(6, schedule.at(9));
    }

    @Test
    void refusesRatesThatCannotLearn() {
        assertThrows(IllegalArgumentException.class, () -> LearningRateSchedule.constant(0));
        assertThrows(
                IllegalArgumentException.class, () -> LearningRateSchedule.constant(Double.NaN));
        assertThrows(
                IllegalArgumentException.class, () -> LearningRateSchedule.exponential(1, 0.5));
        assertThrows(IllegalArgumentException.class, () -> LearningRateSchedule.cosine(1, 2, 3));
    }
}
