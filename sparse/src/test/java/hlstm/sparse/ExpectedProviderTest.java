package hlstm.sparse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * Fails where the kernels under test are not those that this run of the tests is for. The build
 * runs the tests several times and says by system properties which provider it wants, and for
 * vectors the greatest width; a machine with narrower registers is expected to use all it has.
 *
 * <p>{@code hlstm.test.provider} is {@code vector}; {@code scalar}, which is without the module;
 * {@code forced-scalar}, which is with it; or {@code without-avx}, which is scalar on x86, where
 * fused multiply-add goes with AVX, and changes nothing elsewhere.
 */
class ExpectedProviderTest {
    private static final Set<String> X86 = Set.of("amd64", "x86_64");

    @Test
    void theWantedKernelsWereTested() {
        String expected = System.getProperty("hlstm.test.provider");
        Assumptions.assumeTrue(expected != null, "outside the build no provider is expected");
        ProviderReport report = KernelProviders.get().report();
        boolean module = ModuleLayer.boot().findModule(MachineFacts.MODULE).isPresent();
        if (expected.equals("scalar")) {
            assertFalse(module, "the fallback must be tested without the module");
            assertEquals("scalar", report.provider());
            return;
        }
        assertTrue(module, "only the fallback is tested without the module");
        if (expected.equals("forced-scalar")) {
            assertEquals("scalar", report.provider());
            return;
        }
        if (expected.equals("without-avx") && X86.contains(System.getProperty("os.arch"))) {
            assertEquals("0", flag("UseAVX"));
            assertEquals("scalar", report.provider());
            assertTrue(report.reason().contains("fused multiply-add"), report.reason());
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
