package hlstm.trainer.data;

/** Seeds of independent random streams, derived from a seed and what the stream is for. */
final class Seeds {
    private Seeds() {}

    /** A seed that depends on every part and on their order. */
    static long derive(long... parts) {
        long state = 0;
        for (long part : parts) {
            state = mix(state + 0x9e37_79b9_7f4a_7c15L + part);
        }
        return state;
    }

    /** The finaliser of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014, variant 13 of Stafford). */
    private static long mix(long z) {
        long x = (z ^ z >>> 30) * 0xbf58_476d_1ce4_e5b9L;
        x = (x ^ x >>> 27) * 0x94d0_49bb_1331_11ebL;
        return x ^ x >>> 31;
    }
}
