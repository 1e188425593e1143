package hlstm.sparse;

import com.sun.management.HotSpotDiagnosticMXBean;
import hlstm.sparse.vector.VectorWidth;
import java.lang.management.ManagementFactory;

/**
 * What the choice of kernels depends on.
 *
 * @param vectorModule whether the module {@code jdk.incubator.vector} is there
 * @param vm the virtual machine and its compiler, for messages
 * @param c2 whether HotSpot's C2 compiles, the only compiler known to turn vector code into SIMD
 *     instructions
 * @param fma whether fused multiply-add is an instruction; without one it is emulated, a thousand
 *     times slower
 * @param vectorBits width of the registers; 0 without the module
 */
record MachineFacts(boolean vectorModule, String vm, boolean c2, boolean fma, int vectorBits) {

    static final String MODULE = "jdk.incubator.vector";

    static MachineFacts ofThisProcess() {
        boolean module = ModuleLayer.boot().findModule(MODULE).isPresent();
        String name = System.getProperty("java.vm.name", "");
        String mode = System.getProperty("java.vm.info", "");
        boolean hotSpot = name.contains("HotSpot") || name.contains("OpenJDK");
        boolean c2 =
                hotSpot
                        && !mode.contains("interpreted")
                        && !"true".equals(flag("UseJVMCICompiler"))
                        && (flag("TieredStopAtLevel") == null
                                || "4".equals(flag("TieredStopAtLevel")));
        return new MachineFacts(
                module,
                name + " (" + mode + ")",
                c2,
                "true".equals(flag("UseFMA")),
                module ? VectorWidth.bits() : 0);
    }

    /** The value of a HotSpot flag, or null where there is no such flag, or no way to ask. */
    static String flag(String name) {
        try {
            HotSpotDiagnosticMXBean bean =
                    ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
            return bean == null ? null : bean.getVMOption(name).getValue();
        } catch (NoClassDefFoundError noManagementModule) {
            return null;
        } catch (IllegalArgumentException unknownFlag) {
            return null;
        }
    }
}
