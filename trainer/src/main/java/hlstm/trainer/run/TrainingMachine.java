package hlstm.trainer.run;

import hlstm.sparse.KernelProviders;
import hlstm.sparse.ProviderReport;

/** What the bits of a run depend on besides recipe and data: kernels, vectors, JDK, processor. */
final class TrainingMachine {
    private TrainingMachine() {}

    /** This process, in a few words that are equal where bits are. */
    static String ofThisProcess() {
        return text(
                KernelProviders.get().report(),
                Runtime.version().toString(),
                System.getProperty("os.arch"));
    }

    static String text(ProviderReport kernels, String jdk, String processor) {
        String vectors =
                kernels.vectorBits() == 0 ? "" : " of %d bits".formatted(kernels.vectorBits());
        return "%s kernels%s%s, JDK %s, %s"
                .formatted(
                        kernels.provider(),
                        vectors,
                        kernels.fma() ? " with FMA" : "",
                        jdk,
                        processor);
    }

    /**
     * What to tell a user who goes on with a run elsewhere; null if bits will be the same.
     *
     * @param before where the run was, null if an earlier version did not note it
     */
    static String warning(String before, String now) {
        return before == null || before.equals(now)
                ? null
                : ("the run goes on elsewhere: now %s, before %s. Sums are rounded otherwise, so the"
                                + " model will not have the bits of an unbroken run")
                        .formatted(now, before);
    }
}
