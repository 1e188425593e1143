package hlstm.runtime;

import hlstm.sparse.Kernels;
import hlstm.sparse.Matrix;
import hlstm.sparse.PackedMatrix;
import hlstm.sparse.WeightPool;
import java.util.List;

/** A layer with its weights laid out for inference. Immutable; shared by all sessions. */
sealed interface PackedLayer
        permits PackedLayer.Recurrent,
                PackedLayer.Linear,
                PackedLayer.RowConvolution,
                PackedLayer.Convolution,
                LookupTable {
    /** The layer at the beginning of a sequence, its work done by {@code runner}. */
    LayerSession newSession(Kernels kernels, PartRunner runner);

    /** A layer from the weights of a network, whose layer {@code n} it is. */
    static PackedLayer of(LayerSpec spec, Weights weights, int n, WeightPool pool) {
        String prefix = ModelSpec.layerName(n) + ".";
        return switch (spec) {
            case RecurrentSpec recurrent ->
                    new Recurrent(
                            new PackedCell(recurrent.cell(), weights, prefix + "forward.", pool),
                            recurrent.bidirectional()
                                    ? new PackedCell(
                                            recurrent.cell(), weights, prefix + "backward.", pool)
                                    : null,
                            recurrent.directions());
            case LinearSpec linear ->
                    new Linear(
                            new AffineLevel(
                                    weights.bias(prefix + LinearSpec.BIAS).clone(),
                                    List.of(
                                            new AffineLevel.Product(
                                                    PackedMatrix.pack(
                                                            weights.matrix(
                                                                    prefix + LinearSpec.WEIGHT),
                                                            pool),
                                                    GateMatrix.Source.INPUT,
                                                    0,
                                                    0))),
                            linear.inputWidth());
            case ConvolutionSpec convolution ->
                    new Convolution(
                            convolution,
                            PackedMatrix.pack(
                                    weights.matrix(prefix + ConvolutionSpec.WEIGHT), pool),
                            weights.bias(prefix + ConvolutionSpec.BIAS).clone());
            case RowConvolutionSpec convolution ->
                    new RowConvolution(
                            convolution,
                            elements(weights.matrix(prefix + RowConvolutionSpec.WEIGHT)));
        };
    }

    /** A linear layer whose inputs are mostly zeros, as {@link #of}. */
    static PackedLayer lookup(Weights weights, int n) {
        String prefix = ModelSpec.layerName(n) + ".";
        return new LookupTable(
                weights.matrix(prefix + LinearSpec.WEIGHT),
                weights.bias(prefix + LinearSpec.BIAS).clone());
    }

    /**
     * A recurrent layer.
     *
     * @param backward the cell that runs from the end, or null
     */
    record Recurrent(PackedCell forward, PackedCell backward, Directions directions)
            implements PackedLayer {
        @Override
        public LayerSession newSession(Kernels kernels, PartRunner runner) {
            return backward == null
                    ? new RecurrentLayerSession(kernels, forward, runner)
                    : new BidirectionalLayerSession(kernels, this, runner);
        }
    }

    /** A linear layer. */
    record Linear(AffineLevel weights, int inputWidth) implements PackedLayer {
        @Override
        public LayerSession newSession(Kernels kernels, PartRunner runner) {
            return new LinearLayerSession(kernels, weights, inputWidth, runner);
        }
    }

    private static float[] elements(Matrix matrix) {
        float[] elements = new float[matrix.rows() * matrix.columns()];
        for (int k = 0; k < elements.length; k++) {
            elements[k] = matrix.get(k / matrix.columns(), k % matrix.columns());
        }
        return elements;
    }

    /**
     * A row convolution.
     *
     * @param weights those of a step, then those of the next
     */
    record RowConvolution(RowConvolutionSpec spec, float[] weights) implements PackedLayer {
        @Override
        public LayerSession newSession(Kernels kernels, PartRunner runner) {
            return new RowConvolutionLayerSession(spec, weights);
        }
    }

    /** A convolution. */
    record Convolution(ConvolutionSpec spec, PackedMatrix weights, float[] bias)
            implements PackedLayer {
        @Override
        public LayerSession newSession(Kernels kernels, PartRunner runner) {
            return new ConvolutionLayerSession(kernels, this, runner);
        }
    }
}
