package hlstm.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hlstm.sparse.KernelProviders;
import hlstm.sparse.ProviderReport;
import org.junit.jupiter.api.Test;

/** The build runs the tests with each kind of kernels, and fails if others were chosen. */
final class ProviderTest {
    @Test
    void wantedKernelsAreAtWork() {
        String wanted = System.getProperty("hlstm.test.provider");
        assumeTrue(wanted != null, "the machine's own choice of kernels");
        ProviderReport report = KernelProviders.get().report();
        assertEquals(wanted, report.provider(), report.reason());
        assertTrue(
                report.vectorBits() <= Integer.getInteger("hlstm.test.maxVectorBits", 0),
                report.toString());
    }

    @Test
    void scalarTestsRunWithoutTheIncubatorModule() {
        assumeTrue("scalar".equals(System.getProperty("hlstm.test.provider")), "scalar run only");
        assertTrue(ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty());
    }
}
