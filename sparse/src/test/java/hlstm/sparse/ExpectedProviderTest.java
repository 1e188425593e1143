package hlstm.sparse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * Fails where the kernels under test are not those that this run of the tests is for. The build
 * runs the tests several times and says by system properties which provider it wants, and for
 * vectors the greatest width; a machine with narrower registers is expected to use all it has.
 */
class ExpectedProviderTest {
    @Test
    void theWantedKernelsWereTested() {
        String expected = System.getProperty("hlstm.test.provider");
        Assumptions.assumeTrue(expected != null, "outside the build no provider is expected");
        ProviderReport report = KernelProviders.get().report();
        if (expected.equals("scalar")) {
            assertFalse(
                    ModuleLayer.boot().findModule(MachineFacts.MODULE).isPresent(),
                    "the fallback must be tested without the module");
            assertEquals("scalar", report.provider());
            return;
        }
        int mostBits = Integer.getInteger("hlstm.test.bits");
        int machineBits = 8 * Integer.parseInt(flag("MaxVectorSize"));
        boolean usable = machineBits >= 128 && Boolean.parseBoolean(flag("UseFMA"));
        assertEquals(usable ? "vector" : "scalar", report.provider(), report.reason());
        assertEquals(usable ? Math.min(mostBits, machineBits) : 0, report.vectorBits());
    }

    private static String flag(String name) {
        HotSpotDiagnosticMXBean bean =
                ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        assertNotNull(bean, "the build tests on HotSpot");
        return bean.getVMOption(name).getValue();
    }
}
