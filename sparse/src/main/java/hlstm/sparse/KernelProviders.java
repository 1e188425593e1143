package hlstm.sparse;

/** Chooses the kernels. */
public final class KernelProviders {
    private KernelProviders() {}

    /** The kernels chosen for this process. */
    public static Kernels get() {
        return Holder.KERNELS;
    }

    private static final class Holder {
        static final Kernels KERNELS =
                ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()
                                && !"scalar".equals(System.getProperty("hlstm.provider"))
                        ? new VectorKernels(
                                new ProviderReport("vector", 0, "the Vector API is present"))
                        : new ScalarKernels(
                                new ProviderReport("scalar", 0, "the Vector API is absent"));

        private Holder() {}
    }
}
