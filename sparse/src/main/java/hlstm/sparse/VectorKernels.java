package hlstm.sparse;

import hlstm.sparse.vector.BankProduct;
import hlstm.sparse.vector.BankSteps;
import hlstm.sparse.vector.DenseBatchProduct;
import hlstm.sparse.vector.DenseGradient;
import hlstm.sparse.vector.RowBlockProduct;
import hlstm.sparse.vector.RowBlockSteps;
import hlstm.sparse.vector.RowPanelProduct;
import hlstm.sparse.vector.SparseBatchProduct;
import hlstm.sparse.vector.SparseGradient;
import hlstm.sparse.vector.TileGather;
import hlstm.sparse.vector.VectorActivations;
import hlstm.sparse.vector.VectorTrainingSteps;

/**
 * The kernels of {@code hlstm.sparse.vector}; what does not fill a SIMD register goes to the scalar
 * kernels. Loaded only where the Vector API is present.
 */
final class VectorKernels implements Kernels {
    private final ProviderReport report;
    private final ScalarKernels scalar;
    private final PlainChoice plain;

    VectorKernels(ProviderReport report, PlainChoice plain) {
        this.report = report;
        this.scalar = new ScalarKernels(report);
        this.plain = plain;
    }

    @Override
    public ProviderReport report() {
        return report.with(plain.report());
    }

    @Override
    public void prepare(Matrix w) {
        plain.prepare(w);
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
            RowBlockProduct.multiplyAdd(
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
            multiplyAdd(banks, x, xOffset, y, yOffset);
        } else if (w instanceof PackedDense dense) {
            RowBlockProduct.multiplyAdd(
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
            multiplyAdd((PackedPlain) w, plain.gathers(), x, xOffset, y, yOffset);
        }
    }

    /** Gathering or not, with the same bits. */
    static void multiplyAdd(
            PackedPlain w, boolean gather, float[] x, int xOffset, float[] y, int yOffset) {
        int next = w.firstRow;
        if (gather) {
            int fromTile = next / PackedPlain.HEIGHT;
            int toTile = (w.firstRow + w.rows()) / PackedPlain.HEIGHT;
            TileGather.multiplyAdd(
                    fromTile,
                    toTile,
                    w.tileOffsets,
                    w.order,
                    w.lengths,
                    w.columnIndices,
                    w.values,
                    w.valuesOffset,
                    x,
                    xOffset,
                    y,
                    yOffset - w.firstRow);
            next = toTile * PackedPlain.HEIGHT;
        }
        FusedPlainRows.multiplyAdd(w, next, x, xOffset, y, yOffset);
    }

    private static void multiplyAdd(PackedBanks w, float[] x, int xOffset, float[] y, int yOffset) {
        int groups = vectorGroups(w);
        BankProduct.multiplyAdd(
                groups,
                w.groupOffsets,
                w.windows,
                w.packedPlaces,
                w.values,
                w.valuesOffset,
                x,
                xOffset,
                y,
                yOffset);
        ScalarProducts.banks(w, groups, x, xOffset, y, yOffset);
    }

    /** Groups of 8 whole rows; none where inputs are fewer than a window, which is loaded whole. */
    private static int vectorGroups(PackedBanks w) {
        return w.columns() < PackedBanks.SIZE ? 0 : w.rows() / PackedBanks.SIZE;
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
        int atOnce = stepsAtOnce(w);
        int t = 0;
        for (; t + atOnce <= steps; t += atOnce) {
            multiplyAtOnce(
                    w,
                    x,
                    xOffset + t * xStride,
                    xStride,
                    bias,
                    biasOffset,
                    y,
                    yOffset + t * yStride,
                    yStride);
        }
        for (; t < steps; t++) {
            multiply(w, x, xOffset + t * xStride, bias, biasOffset, y, yOffset + t * yStride);
        }
    }

    private static int stepsAtOnce(PackedMatrix w) {
        if (w instanceof PackedRowBlocks blocks) {
            return RowBlockSteps.stepsAtOnce(blocks.height);
        }
        if (w instanceof PackedDense) {
            return RowBlockSteps.stepsAtOnce(PackedDense.HEIGHT);
        }
        return w instanceof PackedBanks ? BankSteps.STEPS : 1;
    }

    /** For {@link #stepsAtOnce} steps. */
    private void multiplyAtOnce(
            PackedMatrix w,
            float[] x,
            int xOffset,
            int xStride,
            float[] bias,
            int biasOffset,
            float[] y,
            int yOffset,
            int yStride) {
        if (w instanceof PackedRowBlocks blocks) {
            RowBlockSteps.multiply(
                    blocks.rows(),
                    blocks.height,
                    blocks.blockOffsets,
                    blocks.columnIndices,
                    blocks.values,
                    blocks.valuesOffset,
                    x,
                    xOffset,
                    xStride,
                    bias,
                    biasOffset,
                    y,
                    yOffset,
                    yStride);
        } else if (w instanceof PackedBanks banks) {
            multiplyAtOnce(banks, x, xOffset, xStride, bias, biasOffset, y, yOffset, yStride);
        } else if (w instanceof PackedDense dense) {
            RowBlockSteps.multiply(
                    dense.rows(),
                    PackedDense.HEIGHT,
                    dense.blockOffsets,
                    dense.columnIndices,
                    dense.values,
                    dense.valuesOffset,
                    x,
                    xOffset,
                    xStride,
                    bias,
                    biasOffset,
                    y,
                    yOffset,
                    yStride);
        } else {
            multiply(w, x, xOffset, bias, biasOffset, y, yOffset);
        }
    }

    private static void multiplyAtOnce(
            PackedBanks w,
            float[] x,
            int xOffset,
            int xStride,
            float[] bias,
            int biasOffset,
            float[] y,
            int yOffset,
            int yStride) {
        int groups = vectorGroups(w);
        BankSteps.multiply(
                groups,
                w.groupOffsets,
                w.windows,
                w.packedPlaces,
                w.values,
                w.valuesOffset,
                x,
                xOffset,
                xStride,
                bias,
                biasOffset,
                y,
                yOffset,
                yStride);
        int done = groups * PackedBanks.SIZE;
        for (int t = 0; t < BankSteps.STEPS && done < w.rows(); t++) {
            int to = yOffset + t * yStride;
            System.arraycopy(bias, biasOffset + done, y, to + done, w.rows() - done);
            ScalarProducts.banks(w, groups, x, xOffset + t * xStride, y, to);
        }
    }

    @Override
    public void rectify(float slope, float[] y, int offset, int length) {
        // ReLU alone is a loop that the compiler vectorises.
        int done = slope == 0 ? 0 : VectorActivations.rectify(slope, y, offset, length);
        Activations.rectify(slope, y, offset + done, length - done);
    }

    @Override
    public void sigmoid(float[] x, int xOffset, float[] y, int yOffset, int length) {
        int done = VectorActivations.sigmoid(x, xOffset, y, yOffset, length);
        Activations.sigmoid(x, xOffset + done, y, yOffset + done, length - done);
    }

    @Override
    public void tanh(float[] x, int xOffset, float[] y, int yOffset, int length) {
        int done = VectorActivations.tanh(x, xOffset, y, yOffset, length);
        Activations.tanh(x, xOffset + done, y, yOffset + done, length - done);
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
        int done = VectorActivations.updateState(gates, gatesOffset, width, c, cOffset, h, hOffset);
        Activations.updateState(gates, gatesOffset, done, width, c, cOffset, h, hOffset);
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
        int done =
                VectorTrainingSteps.sumOfProducts(
                        gates, f, formerC, formerOffset, gates, i, gates, g, c, cOffset, width);
        TrainingSteps.sumOfProducts(
                gates, f, formerC, formerOffset, gates, i, gates, g, c, cOffset, done, width);
        tanh(c, cOffset, tanhC, tanhOffset, width);
        VectorTrainingSteps.product(gates, o, tanhC, tanhOffset, h, hOffset, width);
        TrainingSteps.product(gates, o, tanhC, tanhOffset, h, hOffset, done, width);
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
        int done =
                VectorTrainingSteps.stateGradient(
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
                        dcOffset);
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
                done);
    }

    @Override
    public void rectifierGradient(
            float slope, float[] y, int yOffset, float[] dy, int dyOffset, int length) {
        int done = VectorTrainingSteps.rectifierGradient(slope, y, yOffset, dy, dyOffset, length);
        TrainingSteps.rectifierGradient(slope, y, yOffset, dy, dyOffset, done, length);
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
        int done =
                SparseBatchProduct.multiplyAdd(
                        pattern.rowOffsetsShared(),
                        pattern.columnIndicesShared(),
                        values,
                        fromRow,
                        toRow,
                        x,
                        xOffset,
                        xStride,
                        y,
                        yOffset,
                        yStride,
                        lanes);
        if (done < lanes) {
            scalar.multiplyAdd(
                    pattern,
                    values,
                    fromRow,
                    toRow,
                    x,
                    xOffset + done,
                    xStride,
                    y,
                    yOffset + done,
                    yStride,
                    lanes - done);
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
        multiplyAdd(
                weights, columns, fromRow, toRow, 1, x, xOffset, xStride, 0, y, yOffset, yStride, 0,
                lanes);
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
        int done =
                DenseBatchProduct.multiplyAdd(
                        weights,
                        columns,
                        fromRow,
                        toRow,
                        steps,
                        x,
                        xOffset,
                        xStride,
                        xStepStride,
                        y,
                        yOffset,
                        yStride,
                        yStepStride,
                        lanes);
        if (done < lanes) {
            scalar.multiplyAdd(
                    weights,
                    columns,
                    fromRow,
                    toRow,
                    steps,
                    x,
                    xOffset + done,
                    xStride,
                    xStepStride,
                    y,
                    yOffset + done,
                    yStride,
                    yStepStride,
                    lanes - done);
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
        int done =
                RowPanelProduct.multiplyAdd(
                        w.valuesShared(),
                        w.columns(),
                        fromRow,
                        toRow,
                        x,
                        xOffset,
                        xStride,
                        y,
                        yOffset,
                        yStride,
                        lanes);
        if (done < lanes) {
            scalar.multiplyAdd(
                    w, fromRow, toRow, done, x, xOffset, xStride, y, yOffset, yStride, lanes);
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
        int[] columns = pattern.columnIndicesShared();
        int done = 0;
        for (int row = fromRow; row < toRow; row++) {
            done =
                    SparseGradient.addRow(
                            columns,
                            pattern.rowOffset(row),
                            pattern.rowOffset(row + 1),
                            dy,
                            dyOffset + row * dyStride,
                            dyStepStride,
                            x,
                            xOffset,
                            xStride,
                            xStepStride,
                            steps,
                            lanes,
                            gradient);
        }
        if (fromRow < toRow && done < lanes) {
            scalar.addGradient(
                    pattern,
                    fromRow,
                    toRow,
                    dy,
                    dyOffset + done,
                    dyStride,
                    dyStepStride,
                    x,
                    xOffset + done,
                    xStride,
                    xStepStride,
                    steps,
                    lanes - done,
                    gradient);
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
        DenseGradient.add(
                columns,
                fromRow,
                toRow,
                dy,
                dyOffset,
                dyStride,
                dyStepStride,
                x,
                xOffset,
                xStride,
                xStepStride,
                steps,
                lanes,
                gradient,
                work);
    }
}
