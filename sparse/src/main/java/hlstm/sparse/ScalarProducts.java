package hlstm.sparse;

/** The scalar batch-1 products, {@code y += W x}, one for each layout. */
final class ScalarProducts {
    private ScalarProducts() {}

    static void dense(PackedDense w, float[] x, int xOffset, float[] y, int yOffset) {
        int k = 0;
        for (int first = 0; first < w.rows(); first += PackedDense.HEIGHT) {
            int height = Math.min(PackedDense.HEIGHT, w.rows() - first);
            for (int column = 0; column < w.columns(); column++) {
                float input = x[xOffset + column];
                for (int row = 0; row < height; row++) {
                    y[yOffset + first + row] += w.values[k + row] * input;
                }
                k += PackedDense.HEIGHT;
            }
        }
    }

    static void plain(PackedPlain w, float[] x, int xOffset, float[] y, int yOffset) {
        for (int row = 0; row < w.rows(); row++) {
            int k = w.rowOffsets[row];
            int end = w.rowOffsets[row + 1];
            // Four sums, since one chain of additions would wait for itself.
            float sum0 = 0;
            float sum1 = 0;
            float sum2 = 0;
            float sum3 = 0;
            for (; k < end - 3; k += 4) {
                sum0 += w.values[k] * x[xOffset + w.columnIndices[k]];
                sum1 += w.values[k + 1] * x[xOffset + w.columnIndices[k + 1]];
                sum2 += w.values[k + 2] * x[xOffset + w.columnIndices[k + 2]];
                sum3 += w.values[k + 3] * x[xOffset + w.columnIndices[k + 3]];
            }
            for (; k < end; k++) {
                sum0 += w.values[k] * x[xOffset + w.columnIndices[k]];
            }
            y[yOffset + row] += (sum0 + sum1) + (sum2 + sum3);
        }
    }

    static void rowBlocks(PackedRowBlocks w, float[] x, int xOffset, float[] y, int yOffset) {
        int size = w.height;
        for (int block = 0; block < w.blockOffsets.length - 1; block++) {
            int first = block * size;
            int height = Math.min(size, w.rows() - first);
            for (int k = w.blockOffsets[block]; k < w.blockOffsets[block + 1]; k++) {
                float input = x[xOffset + w.columnIndices[k]];
                for (int row = 0; row < height; row++) {
                    y[yOffset + first + row] += w.values[k * size + row] * input;
                }
            }
        }
    }

    static void banks(PackedBanks w, float[] x, int xOffset, float[] y, int yOffset) {
        int size = PackedBanks.SIZE;
        for (int group = 0; group < w.groupOffsets.length - 1; group++) {
            int first = group * size;
            int height = Math.min(size, w.rows() - first);
            for (int slot = w.groupOffsets[group]; slot < w.groupOffsets[group + 1]; slot++) {
                int window = xOffset + w.windows[slot];
                int k = slot * size;
                for (int row = 0; row < height; row++) {
                    y[yOffset + first + row] += w.values[k + row] * x[window + w.places[k + row]];
                }
            }
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
