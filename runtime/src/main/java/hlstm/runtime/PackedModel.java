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
        WeightPool pool = WeightPool.ofModel(packedWeights(weights));
        for (int n = 0; n < spec.layers().size(); n++) {
            layers.add(PackedLayer.of(spec.layers().get(n), weights, n, pool));
        }
        PackedTranslation translation =
                spec.task() instanceof TranslationTask task
                        ? PackedTranslation.of(task, layers, weights, pool)
                        : null;
        return new PackedModel(spec, List.copyOf(layers), translation);
    }

    private static long packedWeights(Weights weights) {
        long count = 0;
        for (Map.Entry<String, Matrix> matrix : weights.matrices().entrySet()) {
            count += MatrixReport.isLookup(matrix.getKey()) ? 0 : matrix.getValue().weights();
        }
        return count;
    }

    /** The network at the beginning of a sequence, for the self-check. */
    SequenceRun newRun(Kernels kernels) {
        return translation == null
                ? new Session(spec, layers, kernels, 0, null)::run
                : new TranslationSession(translation, kernels, 1)::run;
    }
}
