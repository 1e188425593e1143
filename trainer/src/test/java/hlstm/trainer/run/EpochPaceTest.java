package hlstm.trainer.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class EpochPaceTest {
    private final AtomicLong time = new AtomicLong();
    private final EpochPace pace = new EpochPace(time::get);

    private void epoch(long training, long scoring) {
        pace.begin();
        time.addAndGet(training);
        pace.trained();
        time.addAndGet(scoring);
        pace.scored();
    }

    @Test
    void beforeTheFirstScoreTrainingIsAll() {
        assertEquals(0.5, pace.done(0.5, true));
        assertEquals(1, pace.done(1, true));
    }

    @Test
    void scoringHasItsShareOfTheLastScoredEpoch() {
        epoch(100, 100);
        assertEquals(0.5, pace.done(1, true));
        epoch(300, 100);
        assertEquals(0.75, pace.done(1, true));
        assertEquals(0.375, pace.done(0.5, true));
    }

    @Test
    void anEpochThatIsNotScoredIsTrainingAlone() {
        epoch(100, 100);
        assertEquals(0.5, pace.done(0.5, false));
        assertEquals(1, pace.done(1, false));
    }

    @Test
    void aClockThatStoodStillDividesByNothing() {
        epoch(0, 0);
        assertEquals(1, pace.done(1, true));
    }
}
