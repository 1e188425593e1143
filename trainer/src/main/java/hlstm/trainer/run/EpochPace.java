package hlstm.trainer.run;

import java.util.function.LongSupplier;

/** Which share of an epoch's time is training and which is scoring, as in the last scored one. */
final class EpochPace {
    private final LongSupplier nanoTime;
    private long begun;
    private long trained;
    private double trainingShare = 1;

    EpochPace() {
        this(System::nanoTime);
    }

    EpochPace(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** An epoch begins. */
    void begin() {
        begun = nanoTime.getAsLong();
    }

    /** All its batches are done. */
    void trained() {
        trained = nanoTime.getAsLong();
    }

    /** Its network has been scored. */
    void scored() {
        long whole = nanoTime.getAsLong() - begun;
        trainingShare = whole > 0 ? (double) (trained - begun) / whole : 1;
    }

    /**
     * How much of an epoch is done.
     *
     * @param batches share of its batches that are done
     * @param toBeScored whether scoring follows
     */
    double done(double batches, boolean toBeScored) {
        return toBeScored ? batches * trainingShare : batches;
    }
}
