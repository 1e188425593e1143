package hlstm.runtime;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;

/**
 * How long a test waits for code to be compiled. SIMD kernels make an object of every vector until
 * then, and on a loaded machine the compiler may wait for a processor longer than any fixed time:
 * so what counts is the time since a compilation has ended.
 */
final class CompilerPatience {
    private static final long NANOS = 60_000_000_000L;

    private final CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
    private long compiled = -1;
    private long end;

    /** Whether nothing has been compiled for a minute, as far as calls of this method can tell. */
    boolean isOver() {
        long now = compiler.getTotalCompilationTime();
        if (now != compiled) {
            compiled = now;
            end = System.nanoTime() + NANOS;
        }
        return System.nanoTime() - end >= 0;
    }
}
