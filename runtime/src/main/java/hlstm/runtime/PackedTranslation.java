package hlstm.runtime;

import hlstm.sparse.Matrix;
import hlstm.sparse.PackedMatrix;
import hlstm.sparse.WeightPool;
import java.util.ArrayList;
import java.util.List;

/**
 * The weights of a translation model laid out for inference. Immutable; shared by all sessions.
 *
 * @param task the sizes
 * @param sourceEmbedding a row for each source token
 * @param targetEmbedding a row for each target token
 * @param encoder the layers that encode
 * @param decoder the cells that decode
 * @param keys the matrix between both vectors of a score; null for dot attention
 * @param combine from the context and the decoder's output to the attentional vector, before tanh
 * @param output from the attentional vector to the logits
 */
record PackedTranslation(
        TranslationTask task,
        float[] sourceEmbedding,
        float[] targetEmbedding,
        List<PackedLayer> encoder,
        List<PackedCell> decoder,
        AffineLevel keys,
        AffineLevel combine,
        AffineLevel output) {
    static PackedTranslation of(
            TranslationTask task, List<PackedLayer> layers, Weights weights, WeightPool pool) {
        List<PackedCell> decoder = new ArrayList<>();
        for (PackedLayer layer : layers.subList(task.encoderLayers(), layers.size() - 1)) {
            decoder.add(((PackedLayer.Recurrent) layer).forward());
        }
        return new PackedTranslation(
                task,
                Weights.values(weights.matrix(TranslationTask.SOURCE_EMBEDDING)),
                Weights.values(weights.matrix(TranslationTask.TARGET_EMBEDDING)),
                List.copyOf(layers.subList(0, task.encoderLayers())),
                List.copyOf(decoder),
                task.attention() == TranslationTask.Attention.GENERAL
                        ? product(weights.matrix(TranslationTask.KEYS), pool)
                        : null,
                product(weights.matrix(TranslationTask.COMBINE), pool),
                ((PackedLayer.Linear) layers.getLast()).weights());
    }

    private static AffineLevel product(Matrix matrix, WeightPool pool) {
        return new AffineLevel(
                new float[matrix.rows()],
                List.of(
                        new AffineLevel.Product(
                                PackedMatrix.pack(matrix, pool), GateMatrix.Source.INPUT, 0, 0)));
    }
}
