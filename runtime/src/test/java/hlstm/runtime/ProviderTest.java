package hlstm.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hlstm.sparse.KernelProviders;
import hlstm.sparse.ProviderReport;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The build runs the tests with each kind of kernels, and fails if others were chosen.
 *
 * <p>{@code hlstm.test.provider} is {@code vector}; {@code scalar}, which is without the module;
 * {@code forced-scalar} and {@code deterministic}, which are with it; or {@code without-avx}, which
 * is scalar on x86, where fused multiply-add goes with AVX, and vectors elsewhere.
 */
final class ProviderTest {
    private static final Set<String> X86 = Set.of("amd64", "x86_64");

    private final String wanted = System.getProperty("hlstm.test.provider");

    @Test
    void wantedKernelsAreAtWork() {
        assumeTrue(wanted != null, "outside the build no provider is expected");
        ProviderReport report = KernelProviders.get().report();
        boolean vectors =
                wanted.equals("vector")
                        || wanted.equals("without-avx")
                                && !X86.contains(System.getProperty("os.arch"));
        assertEquals(vectors ? "vector" : "scalar", report.provider(), report.reason());
        int mostBits = vectors ? Integer.getInteger("hlstm.test.maxVectorBits", 512) : 0;
        assertTrue(report.vectorBits() <= mostBits, report.toString());
        if (wanted.equals("deterministic")) {
            assertTrue(report.reason().contains("hlstm.deterministic"), report.reason());
        }
    }

    @Test
    void onlyTheFallbackIsTestedWithoutTheIncubatorModule() {
        assumeTrue(wanted != null, "outside the build no provider is expected");
        assertEquals(
                !wanted.equals("scalar"),
                ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent());
    }
}
