package hlstm.sparse;

import java.util.function.Supplier;

/** The rules by which kernels are chosen. */
final class ProviderChoice {
    /** The system property that forces a provider. */
    static final String PROPERTY = "hlstm.provider";

    /** The system property that asks for the same bits everywhere. */
    static final String DETERMINISTIC = "hlstm.deterministic";

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
            default -> throw unknown(wanted);
        };
    }

    private static IllegalArgumentException unknown(String wanted) {
        return new IllegalArgumentException(
                "unknown kernel provider '%s': expected auto, scalar or vector (system property %s)"
                        .formatted(wanted, PROPERTY));
    }

    /**
     * What to run where the same bits may be demanded of every processor: scalar kernels, whose
     * arithmetic the Java language fixes to the last bit. Fused multiply-add and the order of sums
     * make vectors differ from them.
     *
     * @param deterministic {@code true} or {@code false}
     * @throws IllegalArgumentException if it is neither, or if it is true and vector kernels are
     *     demanded; else as the other method
     */
    static ProviderReport choose(
            String wanted, String deterministic, Supplier<MachineFacts> machine) {
        if (deterministic.equals("false")) {
            return choose(wanted, machine);
        }
        if (!deterministic.equals("true")) {
            throw new IllegalArgumentException(
                    "the system property %s must be true or false, found '%s'"
                            .formatted(DETERMINISTIC, deterministic));
        }
        if (wanted.equals("vector")) {
            throw new IllegalArgumentException(
                    "-D%s=vector and -D%s=true exclude each other: vector kernels round in their own way; leave one of them out"
                            .formatted(PROPERTY, DETERMINISTIC));
        }
        if (!wanted.equals("auto") && !wanted.equals("scalar")) {
            throw unknown(wanted);
        }
        return scalar("the same bits on every processor, asked for with " + DETERMINISTIC);
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
