package hlstm.trainer.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ThreadWorkersTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8})
    void runsEveryIndexOnce(int threads) {
        try (ThreadWorkers workers = new ThreadWorkers(threads)) {
            assertEquals(threads, workers.threads());
            for (int count : new int[] {0, 1, 2, 100}) {
                for (int repetition = 0; repetition < 500; repetition++) {
                    AtomicIntegerArray runs = new AtomicIntegerArray(count);
                    workers.run(count, runs::incrementAndGet);
                    for (int k = 0; k < count; k++) {
                        assertEquals(1, runs.get(k));
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void throwsTheFirstFailureAfterAllTasksAndGoesOn(int threads) {
        try (ThreadWorkers workers = new ThreadWorkers(threads)) {
            AtomicInteger done = new AtomicInteger();
            IllegalArgumentException thrown =
                    assertThrows(
                            IllegalArgumentException.class,
                            () ->
                                    workers.run(
                                            20,
                                            index -> {
                                                done.incrementAndGet();
                                                if (index % 10 == 5) {
                                                    throw new IllegalArgumentException(
                                                            "task " + index);
                                                }
                                            }));
            assertEquals("task 5", thrown.getMessage());
            assertEquals(20, done.get());
            workers.run(3, index -> done.incrementAndGet());
            assertEquals(23, done.get());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void refusesNestedAndLateCalls(int threads) {
        ThreadWorkers workers = new ThreadWorkers(threads);
        assertThrows(
                IllegalStateException.class,
                () -> workers.run(2, index -> workers.run(1, inner -> {})));
        workers.close();
        assertThrows(IllegalStateException.class, () -> workers.run(1, index -> {}));
    }

    @Test
    void refusesNoThreads() {
        assertThrows(IllegalArgumentException.class, () -> new ThreadWorkers(0));
    }
}
