package hlstm.bench.load;

/** Finds by bisection the highest rate that is held. */
final class RateSearch {
    /** Above what was reached without a pause nothing can be held. */
    private static final double MARGIN = 1.1;

    private double held;
    private double missed;

    /**
     * A search that has tried nothing.
     *
     * @param saturated frames a second without any pause
     */
    RateSearch(double saturated) {
        missed = MARGIN * saturated;
    }

    /** The rate to try next. */
    double next() {
        return (held + missed) / 2;
    }

    /** What came of {@link #next}. */
    void tell(boolean holds) {
        if (holds) {
            held = next();
        } else {
            missed = next();
        }
    }

    /** The highest rate that was held; 0 if none was. */
    double highest() {
        return held;
    }
}
