package hlstm.trainer.machine;

import hlstm.sparse.KernelProviders;
import hlstm.sparse.ProviderReport;

/**
 * What figures were taken on.
 *
 * @param processor model of the processor, or {@code unknown}
 * @param processors that the JVM may use
 * @param system operating system and architecture
 * @param java version of the JVM
 * @param kernels that were chosen
 */
public record Machine(
        String processor, int processors, String system, String java, ProviderReport kernels) {
    /** This machine and JVM. */
    public static Machine here() {
        return new Machine(
                Processor.here().model(),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                Runtime.version().toString(),
                KernelProviders.get().report());
    }

    /** In one line. */
    public String description() {
        return "%s, %d processors, %s, Java %s, %s"
                .formatted(processor, processors, system, java, kernels);
    }
}
