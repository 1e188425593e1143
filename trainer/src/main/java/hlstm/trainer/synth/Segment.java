package hlstm.trainer.synth;

/**
 * A stretch of speech with one target for each control.
 *
 * @param millis duration at normal speed
 * @param elastic whether the duration follows the speed; bursts do not
 * @param targets target of each {@link Control}, in order
 */
record Segment(double millis, boolean elastic, double[] targets) {
    private static final double WIDE = 4_000;

    /** The mouth at rest, and no sound. */
    static Segment silence(double millis) {
        return of(millis, 500, 1_500, 2_500);
    }

    /** A voiced sound without noise. */
    static Segment voiced(double millis, double voicing, double f1, double f2, double f3) {
        return of(millis, f1, f2, f3).with(Control.VOICING, voicing);
    }

    /** A soundless position of the mouth. */
    static Segment of(double millis, double f1, double f2, double f3) {
        double[] targets = new double[Control.values().length];
        targets[Control.F1.ordinal()] = f1;
        targets[Control.F2.ordinal()] = f2;
        targets[Control.F3.ordinal()] = f3;
        targets[Control.FRICATION_HERTZ.ordinal()] = WIDE;
        targets[Control.FRICATION_BANDWIDTH.ordinal()] = WIDE;
        return new Segment(millis, true, targets);
    }

    /** The same with another target. */
    Segment with(Control control, double target) {
        double[] changed = targets.clone();
        changed[control.ordinal()] = target;
        return new Segment(millis, elastic, changed);
    }

    /** The same with frication noise. */
    Segment hissing(double amplitude, double hertz, double bandwidth) {
        return with(Control.FRICATION, amplitude)
                .with(Control.FRICATION_HERTZ, hertz)
                .with(Control.FRICATION_BANDWIDTH, bandwidth);
    }

    /** The same, of a duration that does not follow the speed. */
    Segment rigid() {
        return new Segment(millis, false, targets);
    }
}
