package hlstm.sparse;

import java.util.function.Supplier;

/** The rules by which kernels are chosen. */
final class ProviderChoice {
    /** The system property that forces a provider. */
    static final String PROPERTY = "hlstm.provider";

    private static final int LEAST_BITS = 128;

    private ProviderChoice() {}

    /**
     * What to run.
     *
     * @param machine asked only where it matters: the choice of scalar kernels loads nothing of the
     *     Vector API
     * @param wanted {@code auto}, {@code scalar} or {@code vector}
     * @throws IllegalArgumentException if it is none of these
     * @throws IllegalStateException if vector kernels are demanded and cannot run
     */
    static ProviderReport choose(String wanted, Supplier<MachineFacts> machine) {
        return switch (wanted) {
            case "scalar" -> scalar("asked for");
            case "vector" -> {
                MachineFacts facts = machine.get();
                String obstacle = obstacle(facts);
                if (obstacle != null) {
                    throw new IllegalStateException(
                            "vector kernels were demanded but cannot run here: %s; or leave the choice to hlstm with -D%s=auto"
                                    .formatted(obstacle, PROPERTY));
                }
                yield vector(facts, "asked for");
            }
            case "auto" -> automatic(machine.get());
            default ->
                    throw new IllegalArgumentException(
                            "unknown kernel provider '%s': expected auto, scalar or vector (system property %s)"
                                    .formatted(wanted, PROPERTY));
        };
    }

    private static ProviderReport automatic(MachineFacts facts) {
        String obstacle = obstacle(facts);
        if (obstacle != null) {
            return scalar(obstacle);
        }
        if (!facts.c2()) {
            return scalar(
                    "only HotSpot's C2 is known to compile vector code well, found %s; run HotSpot without -Xint or a lower tier, or force vectors with -D%s=vector"
                            .formatted(facts.vm(), PROPERTY));
        }
        return vector(facts, "the widest registers of this machine");
    }

    /** Why vector kernels cannot run, and what to do; null if they can. */
    private static String obstacle(MachineFacts facts) {
        if (!facts.vectorModule()) {
            return "the Vector API is not in this process; start java with --add-modules="
                    + MachineFacts.MODULE
                    + " for kernels several times as fast";
        }
        if (facts.vectorBits() < LEAST_BITS) {
            return "vector kernels need registers of %d bits, found %d; run on another machine or without a lower -XX:MaxVectorSize"
                    .formatted(LEAST_BITS, facts.vectorBits());
        }
        if (!facts.fma()) {
            return "vector kernels need fused multiply-add, which this machine lacks or -XX:-UseFMA forbids; run on another machine or without this flag";
        }
        return null;
    }

    private static ProviderReport scalar(String reason) {
        return new ProviderReport("scalar", 0, false, reason, PlainReport.SCALAR_KERNELS);
    }

    private static ProviderReport vector(MachineFacts facts, String reason) {
        return new ProviderReport(
                "vector", facts.vectorBits(), true, reason, PlainReport.NOT_TIMED);
    }
}
