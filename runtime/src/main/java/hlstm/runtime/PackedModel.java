package hlstm.runtime;

import hlstm.sparse.Kernels;
import hlstm.sparse.Matrix;
import hlstm.sparse.WeightPool;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * All weights of a model laid out for inference. Immutable; shared by all sessions.
 *
 * @param spec the architecture
 * @param layers the layers
 * @param translation what translation has besides; null for other tasks
 */
record PackedModel(ModelSpec spec, List<PackedLayer> layers, PackedTranslation translation) {
    static PackedModel pack(ModelSpec spec, Weights weights) {
        List<PackedLayer> layers = new ArrayList<>();
        WeightPool pool = WeightPool.ofModel(packedWeights(spec, weights));
        for (int n = 0; n < spec.layers().size(); n++) {
            layers.add(
                    isLookup(spec, n)
                            ? PackedLayer.lookup(weights, n)
                            : PackedLayer.of(spec.layers().get(n), weights, n, pool));
        }
        PackedTranslation translation =
                spec.task() instanceof TranslationTask task
                        ? PackedTranslation.of(task, layers, weights, pool)
                        : null;
        return new PackedModel(spec, List.copyOf(layers), translation);
    }

    private static long packedWeights(ModelSpec spec, Weights weights) {
        String first = ModelSpec.layerName(0) + ".";
        long count = 0;
        for (Map.Entry<String, Matrix> matrix : weights.matrices().entrySet()) {
            boolean lookup =
                    MatrixReport.isLookup(matrix.getKey())
                            || isLookup(spec, 0) && matrix.getKey().startsWith(first);
            count += lookup ? 0 : matrix.getValue().weights();
        }
        return count;
    }

    /** Whether the inputs of a layer are zeros but for an image or a word. */
    static boolean isLookup(ModelSpec spec, int layer) {
        return layer == 0 && spec.task() instanceof CaptioningTask;
    }

    /** The network at the beginning of a sequence, for the self-check. */
    SequenceRun newRun(Kernels kernels) {
        return translation == null
                ? new Session(spec, layers, kernels, 0, null)::run
                : new TranslationSession(translation, kernels, 1)::run;
    }
}
