package hlstm.sparse;

import java.util.Locale;

/**
 * Whether vector kernels gather the inputs of single connections: three times as fast on one
 * processor, no gain on another, and none says so. Safe to share among threads.
 */
final class PlainChoice {
    /** The system property that forces a form. */
    static final String PROPERTY = "hlstm.plain";

    /** Matrices of fewer weights take microseconds in any form, and are not worth timing for. */
    static final int LEAST_WEIGHTS = 20_000;

    private static final int LEAST_BITS = 256;

    private volatile PlainReport report;
    private volatile boolean gathers;
    private boolean settled;

    private PlainChoice(PlainReport report, boolean settled) {
        this.report = report;
        this.settled = settled;
        gathers = report.form().equals("gather");
    }

    /**
     * The choice for registers of so many bits.
     *
     * @param wanted {@code auto}, {@code scalar} or {@code gather}
     * @param vectorBits 0 for scalar kernels, which never gather
     * @throws IllegalArgumentException if it is none of these
     * @throws IllegalStateException if gathering is demanded of registers that are too narrow
     */
    static PlainChoice of(String wanted, int vectorBits) {
        if (!wanted.equals("auto") && !wanted.equals("scalar") && !wanted.equals("gather")) {
            throw new IllegalArgumentException(
                    "unknown kernel for plain matrices '%s': expected auto, scalar or gather (system property %s)"
                            .formatted(wanted, PROPERTY));
        }
        if (vectorBits == 0) {
            return new PlainChoice(PlainReport.SCALAR_KERNELS, true);
        }
        if (vectorBits < LEAST_BITS) {
            if (wanted.equals("gather")) {
                throw new IllegalStateException(
                        "gathering was demanded but needs registers of %d bits, found %d; leave the choice to hlstm with -D%s=auto"
                                .formatted(LEAST_BITS, vectorBits, PROPERTY));
            }
            return new PlainChoice(
                    PlainReport.untimed(
                            "scalar",
                            "gathering needs registers of %d bits, found %d"
                                    .formatted(LEAST_BITS, vectorBits)),
                    true);
        }
        return wanted.equals("auto")
                ? new PlainChoice(PlainReport.NOT_TIMED, false)
                : new PlainChoice(PlainReport.untimed(wanted, "asked for"), true);
    }

    boolean gathers() {
        return gathers;
    }

    PlainReport report() {
        return report;
    }

    /** Times both forms before the first matrix that is worth it. */
    void prepare(Matrix w) {
        if (w instanceof SparseMatrix sparse
                && sparse.pattern().geometry() == Geometry.PLAIN
                && sparse.weights() >= LEAST_WEIGHTS) {
            settle();
        }
    }

    private synchronized void settle() {
        if (settled) {
            return;
        }
        settled = true;
        report = decision(PlainTrial.ofThisMachine());
        gathers = report.form().equals("gather");
        System.getLogger(KernelProviders.class.getName())
                .log(System.Logger.Level.INFO, "plain matrices, " + report);
    }

    /** What follows from the times. */
    static PlainReport decision(PlainTrial.Rates rates) {
        boolean gather = rates.gather() > rates.scalar();
        String reason =
                String.format(
                        Locale.ROOT,
                        "%.2f weights/ns gathered, %.2f one by one",
                        rates.gather(),
                        rates.scalar());
        if (!rates.compiled()) {
            reason +=
                    "; gathering was not compiled within %d s: where it is known to pay, set -D%s=gather"
                            .formatted(PlainTrial.MOST_NANOS / 1_000_000_000, PROPERTY);
        }
        return new PlainReport(
                gather ? "gather" : "scalar", rates.gather(), rates.scalar(), reason);
    }
}
