package hlstm.trainer.synth;

/** What steers the synthesiser from frame to frame. */
enum Control {
    /** First formant in Hz. */
    F1(true),
    /** Second formant in Hz. */
    F2(true),
    /** Third formant in Hz. */
    F3(true),
    /** Centre of the frication noise in Hz. */
    FRICATION_HERTZ(true),
    /** Bandwidth of the frication noise in Hz. */
    FRICATION_BANDWIDTH(true),
    /** How far the nose is open: 0 or 1, and between on the way. */
    NASALITY(false),
    /** Amplitude of the voice. */
    VOICING(false),
    /** Amplitude of the breath through the open glottis. */
    ASPIRATION(false),
    /** Amplitude of the noise at a narrowing of the mouth. */
    FRICATION(false);

    private final boolean slow;

    Control(boolean slow) {
        this.slow = slow;
    }

    /** Whether it follows the tongue, lips and jaw, which move slower than the glottis. */
    boolean slow() {
        return slow;
    }
}
