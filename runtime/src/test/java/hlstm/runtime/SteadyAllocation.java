package hlstm.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** That code allocates nothing once the virtual machine has compiled it. */
final class SteadyAllocation {
    private SteadyAllocation() {}

    static void assertNone(Runnable code) {
        CompilerPatience patience = new CompilerPatience();
        Runnable repeated =
                () -> {
                    for (int k = 0; k < 100; k++) {
                        code.run();
                    }
                };
        // The counter itself and the virtual machine allocate now and then, a step that allocates
        // does so every time: three clean rounds of 2000 steps show that it does not.
        int clean = 0;
        long allocated = 0;
        while (clean < 3 && !patience.isOver()) {
            allocated = AllocatedBytes.of(repeated);
            clean += allocated == 0 ? 1 : 0;
        }
        assertEquals(3, clean, "bytes of the last 100 calls: " + allocated);
    }
}
