package hlstm.runtime;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * Bytes that a piece of code allocates. The management beans are reached by name, since the module
 * under test does not require theirs.
 */
public final class AllocatedBytes {
    private static final MethodHandle COUNTER = counter();

    private AllocatedBytes() {}

    private static MethodHandle counter() {
        try {
            Object bean =
                    Class.forName("java.lang.management.ManagementFactory")
                            .getMethod("getThreadMXBean")
                            .invoke(null);
            Class<?> type = Class.forName("com.sun.management.ThreadMXBean");
            return MethodHandles.publicLookup()
                    .findVirtual(
                            type,
                            "getThreadAllocatedBytes",
                            MethodType.methodType(long.class, long.class))
                    .bindTo(bean);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("this virtual machine does not count allocations", e);
        }
    }

    /** Bytes that a live thread, by its id, has allocated so far. */
    static long now(long thread) {
        try {
            return (long) COUNTER.invokeExact(thread);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    /** Bytes that this thread allocates while it runs the code. */
    public static long of(Runnable code) {
        long thread = Thread.currentThread().threadId();
        // What asking takes by itself: the least, since linking the first calls allocates as well.
        long empty = Long.MAX_VALUE;
        for (int trial = 0; trial < 5; trial++) {
            long asked = now(thread);
            empty = Math.min(empty, now(thread) - asked);
        }
        long before = now(thread);
        code.run();
        return now(thread) - before - empty;
    }
}
