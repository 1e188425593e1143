package hlstm.runtime.audio;

/**
 * The two codes of telephony, which give quiet sounds more of their 8 bits than loud ones (ITU-T
 * recommendation G.711, "Pulse code modulation of voice frequencies").
 */
final class G711 {
    private static final int SIGN = 0x80;
    private static final int MANTISSA = 0x0f;
    private static final int SEGMENT_SHIFT = 4;
    private static final int SEGMENT = 7;

    /** What the code of mu-law adds to a sound's amount, so that segments double. */
    private static final int MU_BIAS = 0x84;

    /** Every second bit of A-law is inverted on the line. */
    private static final int A_INVERTED = 0x55;

    private G711() {}

    /** A sample of mu-law in 16 bits. */
    static int muLaw(byte stored) {
        int code = ~stored;
        int segment = code >> SEGMENT_SHIFT & SEGMENT;
        int amount = (((code & MANTISSA) << 3) + MU_BIAS << segment) - MU_BIAS;
        return (code & SIGN) == 0 ? amount : -amount;
    }

    /** A sample of A-law in 16 bits. */
    static int aLaw(byte stored) {
        int code = stored ^ A_INVERTED;
        int segment = code >> SEGMENT_SHIFT & SEGMENT;
        int step = ((code & MANTISSA) << 4) + 8;
        int amount = segment == 0 ? step : step + 0x100 << segment - 1;
        return (code & SIGN) == 0 ? -amount : amount;
    }
}
