package hlstm.runtime;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hlstm.sparse.Kernels;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two threads in one session at once are caught where assertions are on. */
final class SessionOwnerTest {
    @TempDir private Path folder;

    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch mayLeave = new CountDownLatch(1);
    private volatile boolean holding;

    @Test
    void secondThreadIsCaught() throws Exception {
        Path file = folder.resolve("model");
        RandomModels.mixed(RandomModels.stack(RandomModels.lstm(3, 4)), 1).builder().write(file);
        Session session = Model.load(file, holdingKernels()).newSession();
        holding = true;
        Thread first = new Thread(() -> session.step(new float[3], new float[4]));
        first.start();
        entered.await();
        AssertionError e =
                assertThrows(AssertionError.class, () -> session.step(new float[3], new float[4]));
        assertTrue(e.getMessage().contains("one thread at a time"), e.getMessage());
        holding = false;
        mayLeave.countDown();
        first.join();
        session.step(new float[3], new float[4]);
    }

    /** Kernels that wait for the test before each call. */
    private Kernels holdingKernels() {
        return ObservedKernels.of(
                () -> {
                    if (holding) {
                        entered.countDown();
                        mayLeave.await();
                    }
                });
    }
}
