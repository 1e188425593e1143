package hlstm.sparse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ProviderChoiceTest {
    private static final MachineFacts GOOD = new MachineFacts(true, "a VM", true, true, 256);
    private static final MachineFacts NO_MODULE = new MachineFacts(false, "a VM", true, true, 0);
    private static final MachineFacts NO_C2 = new MachineFacts(true, "a VM", false, true, 256);
    private static final MachineFacts NO_FMA = new MachineFacts(true, "a VM", true, false, 256);
    private static final MachineFacts NARROW = new MachineFacts(true, "a VM", true, true, 64);

    @Test
    void takesVectorsWhereTheyRunWell() {
        ProviderReport report = ProviderChoice.choose("auto", () -> GOOD);
        assertEquals("vector", report.provider());
        assertEquals(256, report.vectorBits());
        assertTrue(report.fma());
    }

    @Test
    void fallsBackWithTheReasonAndTheRemedy() {
        assertFallsBack(NO_MODULE, "--add-modules=jdk.incubator.vector");
        assertFallsBack(NO_C2, "-Dhlstm.provider=vector");
        assertFallsBack(NO_FMA, "-XX:-UseFMA");
        assertFallsBack(NARROW, "found 64");
    }

    private static void assertFallsBack(MachineFacts facts, String remedy) {
        ProviderReport report = ProviderChoice.choose("auto", () -> facts);
        assertEquals("scalar", report.provider());
        assertEquals(0, report.vectorBits());
        assertTrue(report.reason().contains(remedy), report.reason());
    }

    @Test
    void aForcedChoiceThatCannotBeMetThrows() {
        for (MachineFacts facts : new MachineFacts[] {NO_MODULE, NO_FMA, NARROW}) {
            IllegalStateException refusal =
                    assertThrows(
                            IllegalStateException.class,
                            () -> ProviderChoice.choose("vector", () -> facts));
            assertTrue(refusal.getMessage().contains("-Dhlstm.provider=auto"));
        }
    }

    @Test
    void forceOverridesTheCompiler() {
        assertEquals("vector", ProviderChoice.choose("vector", () -> NO_C2).provider());
    }

    @Test
    void scalarKernelsNeedNoLookAtTheMachine() {
        ProviderReport report =
                ProviderChoice.choose(
                        "scalar",
                        () -> {
                            throw new AssertionError("looked at the machine");
                        });
        assertEquals("scalar", report.provider());
    }

    @Test
    void anUnknownNameIsRefusedWithTheKnownOnes() {
        IllegalArgumentException refusal =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> ProviderChoice.choose("vectors", () -> GOOD));
        assertEquals(
                "unknown kernel provider 'vectors': expected auto, scalar or vector"
                        + " (system property hlstm.provider)",
                refusal.getMessage());
    }

    @Test
    void theSameBitsEverywhereAreThoseOfScalarKernels() {
        for (String wanted : new String[] {"auto", "scalar"}) {
            ProviderReport report = ProviderChoice.choose(wanted, "true", () -> GOOD);
            assertEquals("scalar", report.provider());
            assertTrue(report.reason().contains("hlstm.deterministic"), report.reason());
        }
        assertEquals("vector", ProviderChoice.choose("auto", "false", () -> GOOD).provider());
    }

    @Test
    void theSameBitsEverywhereCannotBeHadOfVectorsNorOfUnknownKernels() {
        for (String wanted : new String[] {"vector", "vectors"}) {
            IllegalArgumentException refusal =
                    assertThrows(
                            IllegalArgumentException.class,
                            () -> ProviderChoice.choose(wanted, "true", () -> GOOD));
            assertTrue(refusal.getMessage().contains("hlstm.provider"), refusal.getMessage());
        }
        IllegalArgumentException refusal =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> ProviderChoice.choose("auto", "yes", () -> GOOD));
        assertEquals(
                "the system property hlstm.deterministic must be true or false, found 'yes'",
                refusal.getMessage());
    }

    @Test
    void oneChoiceForTheProcess() {
        assertTrue(KernelProviders.get() == KernelProviders.get());
    }
}
