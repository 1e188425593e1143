package hlstm.runtime;

import hlstm.sparse.DenseMatrix;
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
 * @param context from a vector of the source to its part in the attentional vector, before tanh;
 *     null where {@code combine} is sparse
 * @param combine from the decoder's output to the attentional vector, before tanh; where it is
 *     sparse, from the context and the decoder's output
 * @param output from the attentional vector to the logits
 */
record PackedTranslation(
        TranslationTask task,
        float[] sourceEmbedding,
        float[] targetEmbedding,
        List<PackedLayer> encoder,
        List<PackedCell> decoder,
        AffineLevel keys,
        AffineLevel context,
        AffineLevel combine,
        AffineLevel output) {
    static PackedTranslation of(
            TranslationTask task, List<PackedLayer> layers, Weights weights, WeightPool pool) {
        List<PackedCell> decoder = new ArrayList<>();
        for (PackedLayer layer : layers.subList(task.encoderLayers(), layers.size() - 1)) {
            decoder.add(((PackedLayer.Recurrent) layer).forward());
        }
        Matrix combine = weights.matrix(TranslationTask.COMBINE);
        AffineLevel context = null;
        if (combine instanceof DenseMatrix dense) {
            int width = task.width();
            context = product(columns(dense, 0, width), pool);
            combine = columns(dense, width, 2 * width);
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
                context,
                product(combine, pool),
                ((PackedLayer.Linear) layers.getLast()).weights());
    }

    private static DenseMatrix columns(DenseMatrix matrix, int from, int to) {
        float[] values = new float[matrix.rows() * (to - from)];
        for (int row = 0; row < matrix.rows(); row++) {
            System.arraycopy(
                    matrix.values(),
                    row * matrix.columns() + from,
                    values,
                    row * (to - from),
                    to - from);
        }
        return new DenseMatrix(matrix.rows(), to - from, values);
    }

    private static AffineLevel product(Matrix matrix, WeightPool pool) {
        return new AffineLevel(
                new float[matrix.rows()],
                List.of(
                        new AffineLevel.Product(
                                PackedMatrix.pack(matrix, pool), GateMatrix.Source.INPUT, 0, 0)));
    }
}
