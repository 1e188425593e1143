package hlstm.runtime;

import com.sun.management.OperatingSystemMXBean;
import hlstm.sparse.KernelProviders;
import hlstm.sparse.ProviderReport;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Solves the fixed problems with the kernels chosen for this process, interpreted and compiled, and
 * prints what they were and how far they are from the scalar ones, as a line of fields between
 * tabs: provider, bits, deviation of products, their bound, deviation of the network, its bound,
 * digest, rounds until no call allocated, virtual machine. Exits with 1, and a message, where
 * results do not agree.
 */
final class ProcessorCheck {
    /** Enough for the compiler to have taken every kernel that is called once a round. */
    private static final int LEAST_ROUNDS = 1_000;

    /** Processor time, compiler threads included: on a busy machine these wait for long. */
    private static final long MOST_PROCESSOR_NANOS = 180_000_000_000L;

    private static final int WINDOW = 100;

    private ProcessorCheck() {}

    private static long processorNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    /** Takes no arguments. */
    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("hlstm-processor-check");
        try {
            System.out.println(check(folder));
        } catch (IllegalStateException e) {
            System.err.println("processor check: " + e.getMessage());
            System.exit(1);
        } finally {
            Files.deleteIfExists(folder.resolve("fixed.safetensors"));
            Files.delete(folder);
        }
    }

    private static String check(Path folder) throws Exception {
        FixedProblems problems = new FixedProblems(KernelProviders.get(), folder);
        float[] scalar = new FixedProblems(KernelProviders.of("scalar"), folder).compute();
        float[] first = problems.compute();
        String rounds = repeat(problems, first);
        demand(problems.activationDifference(scalar, first), 0, "tanh and sigmoid");
        double products = problems.productDifference(scalar, first);
        demand(products, FixedProblems.PRODUCT_BOUND, "products");
        double network = problems.networkDifference(scalar, first);
        demand(network, FixedProblems.NETWORK_BOUND, "outputs of the network");
        ProviderReport report = KernelProviders.get().report();
        return String.join(
                "\t",
                report.provider(),
                Integer.toString(report.vectorBits()),
                Double.toString(products),
                Double.toString(FixedProblems.PRODUCT_BOUND),
                Double.toString(network),
                Double.toString(FixedProblems.NETWORK_BOUND),
                FixedProblems.digest(first),
                rounds,
                "%s %s".formatted(Runtime.version(), System.getProperty("os.arch")));
    }

    /**
     * Repeats until whatever the compiler makes of the kernels has run, which shows in that vectors
     * are no longer objects.
     *
     * @return rounds until then, or that it did not come to that
     */
    private static String repeat(FixedProblems problems, float[] first) {
        float[] y = new float[first.length];
        float[] networkOutput = FixedProblems.networkOutput();
        boolean[] same = {true};
        Runnable window =
                () -> {
                    for (int k = 0; k < WINDOW; k++) {
                        problems.compute(y, networkOutput);
                        same[0] &= Arrays.mismatch(first, y) < 0;
                    }
                };
        long end = processorNanos() + MOST_PROCESSOR_NANOS;
        int rounds = 0;
        while (processorNanos() < end) {
            long allocated = AllocatedBytes.of(window);
            rounds += WINDOW;
            if (!same[0]) {
                throw new IllegalStateException(
                        "the same call gave other bits after up to %d rounds: the compiler of this virtual machine is at fault"
                                .formatted(rounds));
            }
            if (allocated == 0 && rounds >= LEAST_ROUNDS) {
                return Integer.toString(rounds);
            }
        }
        return "not after " + rounds;
    }

    private static void demand(double difference, double bound, String what) {
        // Negated, so that NaN is refused.
        if (!(difference <= bound)) {
            throw new IllegalStateException(
                    "%s differ from those of the scalar kernels by %.2e, allowed are %.2e"
                            .formatted(what, difference, bound));
        }
    }
}
