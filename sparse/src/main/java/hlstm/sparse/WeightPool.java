package hlstm.sparse;

/**
 * Room for the packed weights of a model, several matrices in one array, so placed that registers
 * of weights do not straddle cache lines. On a processor with registers of 512 bits, as long as a
 * line, that is worth up to half of the time of a product.
 *
 * <p>Java does not say where an array lies, but HotSpot's collectors start large arrays at a line,
 * and never move them off one: G1 those of half a region or more, ZGC those above 256 KiB. So
 * chunks are at least that large, and weights begin where the first line after the array's header
 * does. With other collectors, or where regions are so large that it would waste memory, weights
 * lie where they happen to; products are right all the same.
 *
 * <p>Not safe to share among threads; what is packed is.
 */
public final class WeightPool {
    private static final int LINE_BYTES = 64;
    private static final int LINE = LINE_BYTES / Float.BYTES;

    /** Chunks are not made larger than they must for the sake of lines beyond this size. */
    private static final long LARGEST_SPARE_BYTES = 4 << 20;

    /** Nor beyond so many times what the weights need. */
    private static final int MOST_SPARE_SHARE = 16;

    private final int chunkLength;
    private final int headerRest;
    private float[] chunk = new float[0];
    private int used;

    /** Room of a matrix: from {@code offset} on in {@code array}. */
    record Room(float[] array, int offset) {}

    private WeightPool(int chunkLength) {
        this.chunkLength = chunkLength;
        headerRest = (LINE_BYTES - headerBytes()) / Float.BYTES;
    }

    /**
     * A pool for the matrices of a model.
     *
     * @param weights of all matrices; a model much smaller than a chunk gets no chunk
     */
    public static WeightPool ofModel(long weights) {
        long bytes = lineKeepingBytes();
        boolean wasteful =
                bytes > LARGEST_SPARE_BYTES || weights * Float.BYTES < bytes / MOST_SPARE_SHARE;
        return new WeightPool(wasteful ? 0 : (int) (bytes / Float.BYTES));
    }

    /** A pool that takes no more memory than its matrices need, each in an array of its own. */
    static WeightPool exact() {
        return new WeightPool(0);
    }

    /**
     * Zeroed room for so many values.
     *
     * @throws IllegalArgumentException if they do not fit in one array
     */
    Room room(long values) {
        long limit = Integer.MAX_VALUE - 8 - LINE;
        if (values > limit) {
            throw new IllegalArgumentException(
                    "a packed matrix holds at most %d values, this one needs %d: split its rows"
                            .formatted(limit, values));
        }
        int first = used + Math.floorMod(headerRest - used, LINE);
        if (first + values > chunk.length) {
            chunk = new float[(int) Math.max(headerRest + values, chunkLength)];
            first = headerRest;
        }
        used = (int) (first + values);
        return new Room(chunk, first);
    }

    /** Bytes from the start of an array of floats to its first element. */
    private static int headerBytes() {
        if (flag("UseCompactObjectHeaders", "false").equals("true")) {
            return 12;
        }
        return flag("UseCompressedClassPointers", "true").equals("true") ? 16 : 20;
    }

    /** From which size on the collector at work keeps arrays at lines. */
    private static long lineKeepingBytes() {
        if (flag("UseG1GC", "false").equals("true")) {
            return Long.parseLong(flag("G1HeapRegionSize", "0")) / 2 + LINE_BYTES;
        }
        return flag("UseZGC", "false").equals("true") ? (256 << 10) + LINE_BYTES : 0;
    }

    private static String flag(String name, String otherwise) {
        String value = MachineFacts.flag(name);
        return value == null ? otherwise : value;
    }
}
