package hlstm.sparse;

/** Scalar batch-1 products, {@code y += W x}; that of single connections is {@link PlainRows}. */
final class ScalarProducts {
    private ScalarProducts() {}

    /** Blocks of {@code height} rows, a multiple of 4; the last may have fewer. */
    static void rowBlocks(
            int rows,
            int height,
            int[] blockOffsets,
            int[] columns,
            float[] values,
            int valuesOffset,
            float[] x,
            int xOffset,
            float[] y,
            int yOffset) {
        for (int first = 0; first < rows; first += 4) {
            int block = first / height;
            int slice = first % height;
            float sum0 = 0;
            float sum1 = 0;
            float sum2 = 0;
            float sum3 = 0;
            for (int k = blockOffsets[block]; k < blockOffsets[block + 1]; k++) {
                float input = x[xOffset + columns[k]];
                int v = valuesOffset + k * height + slice;
                sum0 += values[v] * input;
                sum1 += values[v + 1] * input;
                sum2 += values[v + 2] * input;
                sum3 += values[v + 3] * input;
            }
            addFour(sum0, sum1, sum2, sum3, y, yOffset + first, rows - first);
        }
    }

    /** Groups of 8 rows from {@code fromGroup} on; the last may have fewer. */
    static void banks(
            PackedBanks w, int fromGroup, float[] x, int xOffset, float[] y, int yOffset) {
        byte[] places = w.places;
        float[] values = w.values;
        for (int first = fromGroup * PackedBanks.SIZE; first < w.rows(); first += 4) {
            int group = first / PackedBanks.SIZE;
            int half = first % PackedBanks.SIZE;
            float sum0 = 0;
            float sum1 = 0;
            float sum2 = 0;
            float sum3 = 0;
            for (int slot = w.groupOffsets[group]; slot < w.groupOffsets[group + 1]; slot++) {
                int window = xOffset + w.windows[slot];
                int p = slot * PackedBanks.SIZE + half;
                int v = w.valuesOffset + p;
                sum0 += values[v] * x[window + places[p]];
                sum1 += values[v + 1] * x[window + places[p + 1]];
                sum2 += values[v + 2] * x[window + places[p + 2]];
                sum3 += values[v + 3] * x[window + places[p + 3]];
            }
            addFour(sum0, sum1, sum2, sum3, y, yOffset + first, w.rows() - first);
        }
    }

    /** Adds to the first of four outputs that exist; sums of rows beyond the last are dropped. */
    private static void addFour(
            float sum0, float sum1, float sum2, float sum3, float[] y, int to, int live) {
        y[to] += sum0;
        if (live > 1) {
            y[to + 1] += sum1;
        }
        if (live > 2) {
            y[to + 2] += sum2;
        }
        if (live > 3) {
            y[to + 3] += sum3;
        }
    }

    /** The sum of products of two series of {@code lanes} numbers, {@code steps} times. */
    static float dot(
            float[] a,
            int aOffset,
            int aStride,
            float[] b,
            int bOffset,
            int bStride,
            int steps,
            int lanes) {
        float sum = 0;
        for (int step = 0; step < steps; step++) {
            int p = aOffset + step * aStride;
            int q = bOffset + step * bStride;
            for (int lane = 0; lane < lanes; lane++) {
                sum += a[p + lane] * b[q + lane];
            }
        }
        return sum;
    }
}
