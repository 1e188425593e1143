package hlstm.sparse;

/**
 * Chooses the kernels, once for a process: SIMD kernels where the Vector API is present and HotSpot
 * compiles it to registers of 128 bits or more, else scalar ones. The system property {@code
 * hlstm.provider} set to {@code scalar} or {@code vector} forces a choice; {@code auto} is the
 * default. What was chosen, and why, is logged once at level INFO.
 *
 * <p>{@code hlstm.deterministic} set to {@code true} asks for the same bits on every processor and
 * every virtual machine, and gets the scalar kernels: the Java language fixes what they compute.
 * Only the bits of NaNs are left to the processor.
 *
 * <p>The property {@code hlstm.plain} set to {@code gather} or {@code scalar} says how vector
 * kernels multiply single connections; by default that is timed where a model needs it, see {@link
 * Kernels#prepare}. Scalar kernels have one way only.
 */
public final class KernelProviders {
    private static volatile Kernels chosen;

    private KernelProviders() {}

    /**
     * The kernels chosen for this process.
     *
     * @throws IllegalArgumentException if the property {@code hlstm.provider} is none of auto,
     *     scalar and vector, if {@code hlstm.plain} is none of auto, scalar and gather, if {@code
     *     hlstm.deterministic} is neither true nor false, or if it is true and vector kernels are
     *     demanded
     * @throws IllegalStateException if one of them demands kernels that cannot run here
     */
    public static Kernels get() {
        Kernels kernels = chosen;
        return kernels == null ? choose() : kernels;
    }

    /** Not a static initialiser, whose exceptions reach the second caller without their message. */
    private static synchronized Kernels choose() {
        if (chosen == null) {
            Kernels kernels =
                    of(
                            ProviderChoice.choose(
                                    System.getProperty(ProviderChoice.PROPERTY, "auto"),
                                    System.getProperty(ProviderChoice.DETERMINISTIC, "false"),
                                    MachineFacts::ofThisProcess),
                            System.getProperty(PlainChoice.PROPERTY, "auto"));
            System.getLogger(KernelProviders.class.getName())
                    .log(System.Logger.Level.INFO, kernels.report().toString());
            chosen = kernels;
        }
        return chosen;
    }

    /**
     * Kernels by name, whatever was chosen for the process: for comparisons.
     *
     * @param provider {@code auto}, {@code scalar} or {@code vector}
     * @throws IllegalArgumentException if it is none of these, or as {@link #get}
     * @throws IllegalStateException if vector kernels are demanded and cannot run here, or as
     *     {@link #get}
     */
    public static Kernels of(String provider) {
        return of(provider, System.getProperty(PlainChoice.PROPERTY, "auto"));
    }

    /** Kernels by name, with a form of the product of single connections. */
    static Kernels of(String provider, String plain) {
        return of(ProviderChoice.choose(provider, MachineFacts::ofThisProcess), plain);
    }

    private static Kernels of(ProviderReport report, String plain) {
        PlainChoice choice = PlainChoice.of(plain, report.vectorBits());
        return report.vectorBits() == 0
                ? new ScalarKernels(report)
                : new VectorKernels(report, choice);
    }
}
