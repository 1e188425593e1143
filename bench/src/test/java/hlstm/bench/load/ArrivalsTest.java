package hlstm.bench.load;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/**
 * Frames come at random, at exactly the rate that was asked for, and equally often of each stream.
 */
class ArrivalsTest {
    private static final int STREAMS = 3;
    private static final int FRAMES = 8193; // the least multiple of 3 from 8192 on

    private final Arrivals arrivals = new Arrivals(STREAMS, 1);

    @Test
    void theMeanGapIsOne() {
        assertEquals(0, arrivals.time(0));
        assertEquals(5.0 * FRAMES, arrivals.time(5L * FRAMES), 1e-9);
        double last = 0;
        for (long frame = 1; frame < 2 * FRAMES; frame++) {
            assertTrue(arrivals.time(frame) >= last, "frames come in order");
            last = arrivals.time(frame);
        }
    }

    /** The share of exponential gaps above x is exp(-x); 5 deviations of a sample of this size. */
    @Test
    void gapsAreThoseOfAPoissonProcess() {
        for (double x : new double[] {0.1, 1, 3}) {
            int above = 0;
            for (long frame = 0; frame < FRAMES; frame++) {
                if (arrivals.time(frame + 1) - arrivals.time(frame) > x) {
                    above++;
                }
            }
            double expected = Math.exp(-x);
            double deviation = Math.sqrt(expected * (1 - expected) / FRAMES);
            assertEquals(expected, (double) above / FRAMES, 5 * deviation, "gaps above " + x);
        }
    }

    @Test
    void everyStreamHasAsManyFrames() {
        int[] count = new int[STREAMS];
        for (long frame = 0; frame < FRAMES; frame++) {
            count[arrivals.stream(frame)]++;
        }
        int[] expected = new int[STREAMS];
        Arrays.fill(expected, FRAMES / STREAMS);
        assertArrayEquals(expected, count);
    }
}
