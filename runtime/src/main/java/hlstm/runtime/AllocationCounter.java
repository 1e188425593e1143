package hlstm.runtime;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.LongSupplier;

/** Counts what the calling thread allocates, on virtual machines that can tell. */
final class AllocationCounter {
    private AllocationCounter() {}

    /**
     * Bytes that the calling thread has allocated on the heap so far; asking allocates none. Always
     * 0 where the virtual machine does not count them, or comes without the module {@code
     * jdk.management}.
     */
    static LongSupplier ofCallingThread() {
        try {
            return Bean.counter();
        } catch (NoClassDefFoundError noManagementModule) {
            return () -> 0;
        }
    }

    /** Apart, so that the class above can be loaded without the module. */
    private static final class Bean {
        static LongSupplier counter() {
            return ManagementFactory.getThreadMXBean() instanceof ThreadMXBean bean
                            && bean.isThreadAllocatedMemorySupported()
                            && bean.isThreadAllocatedMemoryEnabled()
                    ? bean::getCurrentThreadAllocatedBytes
                    : () -> 0;
        }
    }
}
