package hlstm.sparse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PlainChoiceTest {
    @Test
    void aForcedFormIsTaken() {
        assertTrue(PlainChoice.of("gather", 256).gathers());
        assertEquals("gather", PlainChoice.of("gather", 512).report().form());
        assertFalse(PlainChoice.of("scalar", 512).gathers());
        assertTrue(PlainChoice.of("scalar", 512).report().reason().contains("asked for"));
    }

    @Test
    void aForcedFormIsNotTimed() {
        PlainChoice choice = PlainChoice.of("scalar", 256);
        choice.prepare(large(Geometry.PLAIN));
        assertEquals("asked for", choice.report().reason());
    }

    @Test
    void anUnknownFormIsRefusedWithTheKnownOnesWhateverTheKernels() {
        for (int bits : new int[] {0, 128, 512}) {
            IllegalArgumentException refusal =
                    assertThrows(
                            IllegalArgumentException.class, () -> PlainChoice.of("vector", bits));
            assertEquals(
                    "unknown kernel for plain matrices 'vector': expected auto, scalar or gather"
                            + " (system property hlstm.plain)",
                    refusal.getMessage());
        }
    }

    @Test
    void narrowRegistersCannotGather() {
        IllegalStateException refusal =
                assertThrows(IllegalStateException.class, () -> PlainChoice.of("gather", 128));
        assertTrue(refusal.getMessage().contains("-Dhlstm.plain=auto"), refusal.getMessage());
        PlainChoice choice = PlainChoice.of("auto", 128);
        choice.prepare(large(Geometry.PLAIN));
        assertFalse(choice.gathers());
        assertTrue(choice.report().reason().contains("found 128"), choice.report().reason());
    }

    @Test
    void scalarKernelsIgnoreTheForm() {
        assertEquals(PlainReport.SCALAR_KERNELS, PlainChoice.of("gather", 0).report());
    }

    @Test
    void onlyLargePlainMatricesAreWorthTiming() {
        PlainChoice choice = PlainChoice.of("auto", 256);
        choice.prepare(large(Geometry.ROWS_16));
        choice.prepare(KernelSamples.dense(200, 200));
        choice.prepare(KernelSamples.sparse(100, 199, Geometry.PLAIN, 1));
        assertEquals(PlainReport.NOT_TIMED, choice.report());
        assertFalse(choice.gathers());
    }

    @Test
    void bothFormsAreTimedOnceOnThisMachine() {
        assumeTrue(KernelProviders.get().report().vectorBits() >= 256, "no gathering here");
        Kernels kernels = KernelProviders.of("vector", "auto");
        kernels.prepare(large(Geometry.PLAIN));
        PlainReport report = kernels.report().plain();
        assertTrue(report.gatherPerNano() > 0 && report.scalarPerNano() > 0, report.toString());
        kernels.prepare(large(Geometry.PLAIN));
        assertTrue(report == kernels.report().plain(), "timed twice");
    }

    @Test
    void theFasterFormIsTakenAndTheRatesAreTold() {
        PlainReport gather = PlainChoice.decision(new PlainTrial.Rates(2.5, 1));
        assertEquals("gather", gather.form());
        assertEquals("2.50 weights/ns gathered, 1.00 one by one", gather.reason());
        assertEquals("scalar", PlainChoice.decision(new PlainTrial.Rates(1, 1)).form());
    }

    @Test
    void theFastestCallCountsAndTimeIsLimited() {
        AtomicLong clock = new AtomicLong();
        AtomicLong calls = new AtomicLong();
        PlainTrial.Rates rates =
                PlainTrial.time(
                        () -> clock.addAndGet(calls.get() == 7 ? 1_000 : 900_000),
                        () -> clock.addAndGet(calls.incrementAndGet() == 20 ? 2_000 : 800_000),
                        4_000,
                        clock::get);
        assertEquals(4, rates.gather());
        assertEquals(2, rates.scalar());
        assertTrue(clock.get() < 252_000_000, "took " + clock.get());
    }

    @Test
    void gatheringThatIsNotCompiledGetsMoreTimeButNotForEver() {
        AtomicLong clock = new AtomicLong();
        AtomicLong calls = new AtomicLong();
        PlainTrial.Rates late =
                PlainTrial.time(
                        () -> clock.addAndGet(calls.incrementAndGet() > 400 ? 500 : 990_000),
                        () -> clock.addAndGet(1_000),
                        1_000,
                        clock::get);
        assertEquals(2, late.gather());
        assertTrue(clock.get() > 440_000_000 && clock.get() < 460_000_000, "took " + clock);
        clock.set(0);
        PlainTrial.Rates never =
                PlainTrial.time(
                        () -> clock.addAndGet(990_000),
                        () -> clock.addAndGet(1_000),
                        1_000,
                        clock::get);
        assertTrue(clock.get() >= 3_000_000_000L && clock.get() < 3_001_000_000L, "took " + clock);
        PlainReport report = PlainChoice.decision(never);
        assertEquals("scalar", report.form());
        assertTrue(report.reason().contains("-Dhlstm.plain=gather"), report.reason());
    }

    private static SparseMatrix large(Geometry geometry) {
        return KernelSamples.sparse(100, 200, geometry, 1);
    }
}
