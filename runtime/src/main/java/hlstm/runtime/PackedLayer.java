package hlstm.runtime;

import hlstm.sparse.Kernels;
import hlstm.sparse.PackedMatrix;

/** A layer with its weights laid out for inference. Immutable; shared by all sessions. */
sealed interface PackedLayer {
    /** The layer at the beginning of a sequence. */
    LayerSession newSession(Kernels kernels);

    /** A layer from the weights of a network, whose layer {@code n} it is. */
    static PackedLayer of(LayerSpec spec, Weights weights, int n) {
        String prefix = ModelSpec.layerName(n) + ".";
        return switch (spec) {
            case RecurrentSpec recurrent ->
                    new Recurrent(
                            new PackedCell(recurrent.cell(), weights, prefix + "forward."),
                            recurrent.bidirectional()
                                    ? new PackedCell(
                                            recurrent.cell(), weights, prefix + "backward.")
                                    : null);
            case LinearSpec linear ->
                    new Linear(
                            PackedMatrix.pack(weights.matrix(prefix + LinearSpec.WEIGHT)),
                            weights.bias(prefix + LinearSpec.BIAS).clone());
        };
    }

    /**
     * A recurrent layer.
     *
     * @param backward the cell that runs from the end, or null
     */
    record Recurrent(PackedCell forward, PackedCell backward) implements PackedLayer {
        @Override
        public LayerSession newSession(Kernels kernels) {
            return new RecurrentLayerSession(kernels, forward, backward);
        }
    }

    /** A linear layer. */
    record Linear(PackedMatrix weights, float[] bias) implements PackedLayer {
        @Override
        public LayerSession newSession(Kernels kernels) {
            return new LinearLayerSession(kernels, weights, bias);
        }
    }
}
