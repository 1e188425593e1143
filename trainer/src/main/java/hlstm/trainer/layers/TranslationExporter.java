package hlstm.trainer.layers;

import hlstm.runtime.CellSpec;
import hlstm.runtime.LayerSpec;
import hlstm.runtime.LinearSpec;
import hlstm.runtime.ModelBuilder;
import hlstm.runtime.ModelSpec;
import hlstm.runtime.RecurrentSpec;
import hlstm.runtime.TranslationTask;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns a trained encoder and decoder into a model for inference. All values are copied, so
 * training may go on.
 */
public final class TranslationExporter {
    private TranslationExporter() {}

    /**
     * The architecture and weights, ready to build or to write.
     *
     * @param task what the model is for, of the sizes of the network
     * @param encoder the layers that encode
     * @throws IllegalArgumentException if the sizes do not fit the task
     */
    public static ModelBuilder export(
            TranslationTask task,
            Embedding source,
            List<RecurrentLayer> encoder,
            Embedding target,
            AttentionDecoder decoder,
            LinearLayer output) {
        List<LayerSpec> specs = new ArrayList<>();
        for (RecurrentLayer layer : encoder) {
            specs.add(layer.spec());
        }
        for (CellSpec cell : decoder.specs()) {
            specs.add(new RecurrentSpec(cell, false));
        }
        specs.add(new LinearSpec(output.inputWidth(), output.outputWidth()));
        ModelBuilder builder = new ModelBuilder(new ModelSpec(task, specs));
        int n = 0;
        for (RecurrentLayer layer : encoder) {
            NetworkExporter.addRecurrent(builder, "layers." + n++ + ".", layer, null);
        }
        DecoderWeights weights = decoder.weights();
        for (CellWeights cell : weights.cells()) {
            NetworkExporter.addCell(builder, "layers." + n++ + ".forward.", cell, null);
        }
        NetworkExporter.addLinear(builder, "layers." + n + ".", output, null);
        add(builder, "source.embedding", source.weight());
        add(builder, "target.embedding", target.weight());
        if (weights.keys() != null) {
            add(builder, "attention.keys", weights.keys().parameter());
        }
        add(builder, "attention.combine", weights.combine().parameter());
        return builder;
    }

    private static void add(ModelBuilder builder, String name, Parameter parameter) {
        builder.matrix(name, NetworkExporter.matrix(parameter, null));
    }
}
