package hlstm.sparse;

/**
 * The kernels in plain Java: the oracle of the tests, and what runs where SIMD cannot be had. Inner
 * loops go over neighbouring rows or lanes, which the compiler may vectorise by itself.
 */
final class ScalarKernels implements Kernels {
    private final ProviderReport report;

    ScalarKernels(ProviderReport report) {
        this.report = report;
    }

    @Override
    public ProviderReport report() {
        return report;
    }

    @Override
    public void prepare(Matrix w) {
        // There is nothing to choose from.
    }

    @Override
    public void multiply(
            PackedMatrix w,
            float[] x,
            int xOffset,
            float[] bias,
            int biasOffset,
            float[] y,
            int yOffset) {
        System.arraycopy(bias, biasOffset, y, yOffset, w.rows());
        multiplyAdd(w, x, xOffset, y, yOffset);
    }

    @Override
    public void multiplyAdd(PackedMatrix w, float[] x, int xOffset, float[] y, int yOffset) {
        if (w instanceof PackedRowBlocks blocks) {
            ScalarProducts.rowBlocks(
                    blocks.rows(),
                    blocks.height,
                    blocks.blockOffsets,
                    blocks.columnIndices,
                    blocks.values,
                    blocks.valuesOffset,
                    x,
                    xOffset,
                    y,
                    yOffset);
        } else if (w instanceof PackedBanks banks) {
            ScalarProducts.banks(banks, 0, x, xOffset, y, yOffset);
        } else if (w instanceof PackedDense dense) {
            ScalarProducts.rowBlocks(
                    dense.rows(),
                    PackedDense.HEIGHT,
                    dense.blockOffsets,
                    dense.columnIndices,
                    dense.values,
                    dense.valuesOffset,
                    x,
                    xOffset,
                    y,
                    yOffset);
        } else {
            PlainRows.multiplyAdd((PackedPlain) w, x, xOffset, y, yOffset);
        }
    }

    @Override
    public void multiply(
            PackedMatrix w,
            int steps,
            float[] x,
            int xOffset,
            int xStride,
            float[] bias,
            int biasOffset,
            float[] y,
            int yOffset,
            int yStride) {
        for (int t = 0; t < steps; t++) {
            multiply(w, x, xOffset + t * xStride, bias, biasOffset, y, yOffset + t * yStride);
        }
    }

    @Override
    public void rectify(float slope, float[] y, int offset, int length) {
        Activations.rectify(slope, y, offset, length);
    }

    @Override
    public void sigmoid(float[] x, int xOffset, float[] y, int yOffset, int length) {
        Activations.sigmoid(x, xOffset, y, yOffset, length);
    }

    @Override
    public void tanh(float[] x, int xOffset, float[] y, int yOffset, int length) {
        Activations.tanh(x, xOffset, y, yOffset, length);
    }

    @Override
    public void updateState(
            float[] gates,
            int gatesOffset,
            int width,
            float[] c,
            int cOffset,
            float[] h,
            int hOffset) {
        Activations.updateState(gates, gatesOffset, 0, width, c, cOffset, h, hOffset);
    }

    @Override
    public void activateState(
            float[] gates,
            int gatesOffset,
            int width,
            float[] formerC,
            int formerOffset,
            float[] c,
            int cOffset,
            float[] tanhC,
            int tanhOffset,
            float[] h,
            int hOffset) {
        int i = gatesOffset;
        int f = i + width;
        int g = f + width;
        int o = g + width;
        sigmoid(gates, i, gates, i, 2 * width);
        tanh(gates, g, gates, g, width);
        sigmoid(gates, o, gates, o, width);
        TrainingSteps.sumOfProducts(
                gates, f, formerC, formerOffset, gates, i, gates, g, c, cOffset, 0, width);
        tanh(c, cOffset, tanhC, tanhOffset, width);
        TrainingSteps.product(gates, o, tanhC, tanhOffset, h, hOffset, 0, width);
    }

    @Override
    public void stateGradient(
            float[] gates,
            int gatesOffset,
            int width,
            float[] formerC,
            int formerOffset,
            float[] tanhC,
            int tanhOffset,
            float[] dh,
            int dhOffset,
            float[] dc,
            int dcOffset) {
        TrainingSteps.stateGradient(
                gates,
                gatesOffset,
                width,
                formerC,
                formerOffset,
                tanhC,
                tanhOffset,
                dh,
                dhOffset,
                dc,
                dcOffset,
                0);
    }

    @Override
    public void rectifierGradient(
            float slope, float[] y, int yOffset, float[] dy, int dyOffset, int length) {
        TrainingSteps.rectifierGradient(slope, y, yOffset, dy, dyOffset, 0, length);
    }

    @Override
    public void multiplyAdd(
            SparsityPattern pattern,
            float[] values,
            int fromRow,
            int toRow,
            float[] x,
            int xOffset,
            int xStride,
            float[] y,
            int yOffset,
            int yStride,
            int lanes) {
        int[] offsets = pattern.rowOffsetsShared();
        int[] columns = pattern.columnIndicesShared();
        for (int row = fromRow; row < toRow; row++) {
            int to = yOffset + row * yStride;
            for (int k = offsets[row]; k < offsets[row + 1]; k++) {
                int from = xOffset + columns[k] * xStride;
                float weight = values[k];
                for (int lane = 0; lane < lanes; lane++) {
                    y[to + lane] += weight * x[from + lane];
                }
            }
        }
    }

    @Override
    public void multiplyAdd(
            float[] weights,
            int columns,
            int fromRow,
            int toRow,
            float[] x,
            int xOffset,
            int xStride,
            float[] y,
            int yOffset,
            int yStride,
            int lanes) {
        for (int row = fromRow; row < toRow; row++) {
            int to = yOffset + row * yStride;
            for (int column = 0; column < columns; column++) {
                int from = xOffset + column * xStride;
                float weight = weights[row * columns + column];
                for (int lane = 0; lane < lanes; lane++) {
                    y[to + lane] += weight * x[from + lane];
                }
            }
        }
    }

    @Override
    public void multiplyAdd(
            float[] weights,
            int columns,
            int fromRow,
            int toRow,
            int steps,
            float[] x,
            int xOffset,
            int xStride,
            int xStepStride,
            float[] y,
            int yOffset,
            int yStride,
            int yStepStride,
            int lanes) {
        for (int step = 0; step < steps; step++) {
            multiplyAdd(
                    weights,
                    columns,
                    fromRow,
                    toRow,
                    x,
                    xOffset + step * xStepStride,
                    xStride,
                    y,
                    yOffset + step * yStepStride,
                    yStride,
                    lanes);
        }
    }

    @Override
    public void multiplyAdd(
            RowPanels w,
            int fromRow,
            int toRow,
            float[] x,
            int xOffset,
            int xStride,
            float[] y,
            int yOffset,
            int yStride,
            int lanes) {
        multiplyAdd(w, fromRow, toRow, 0, x, xOffset, xStride, y, yOffset, yStride, lanes);
    }

    /** As above for the lanes from {@code firstLane} on. */
    void multiplyAdd(
            RowPanels w,
            int fromRow,
            int toRow,
            int firstLane,
            float[] x,
            int xOffset,
            int xStride,
            float[] y,
            int yOffset,
            int yStride,
            int lanes) {
        float[] weights = w.valuesShared();
        for (int row = fromRow; row < toRow; row++) {
            int rest = row % RowPanels.ROWS;
            int k = w.offset(row - rest) + rest;
            int to = yOffset + row * yStride;
            for (int column = 0; column < w.columns(); column++) {
                int from = xOffset + column * xStride;
                float weight = weights[k + column * RowPanels.ROWS];
                for (int lane = firstLane; lane < lanes; lane++) {
                    y[to + lane] += weight * x[from + lane];
                }
            }
        }
    }

    @Override
    public void addGradient(
            SparsityPattern pattern,
            int fromRow,
            int toRow,
            float[] dy,
            int dyOffset,
            int dyStride,
            int dyStepStride,
            float[] x,
            int xOffset,
            int xStride,
            int xStepStride,
            int steps,
            int lanes,
            float[] gradient) {
        int[] offsets = pattern.rowOffsetsShared();
        int[] columns = pattern.columnIndicesShared();
        for (int row = fromRow; row < toRow; row++) {
            int dyRow = dyOffset + row * dyStride;
            for (int k = offsets[row]; k < offsets[row + 1]; k++) {
                gradient[k] +=
                        ScalarProducts.dot(
                                dy,
                                dyRow,
                                dyStepStride,
                                x,
                                xOffset + columns[k] * xStride,
                                xStepStride,
                                steps,
                                lanes);
            }
        }
    }

    @Override
    public void addGradient(
            int columns,
            int fromRow,
            int toRow,
            float[] dy,
            int dyOffset,
            int dyStride,
            int dyStepStride,
            float[] x,
            int xOffset,
            int xStride,
            int xStepStride,
            int steps,
            int lanes,
            float[] gradient,
            float[] work) {
        for (int row = fromRow; row < toRow; row++) {
            int dyRow = dyOffset + row * dyStride;
            for (int column = 0; column < columns; column++) {
                gradient[row * columns + column] +=
                        ScalarProducts.dot(
                                dy,
                                dyRow,
                                dyStepStride,
                                x,
                                xOffset + column * xStride,
                                xStepStride,
                                steps,
                                lanes);
            }
        }
    }
}
