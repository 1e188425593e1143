package hlstm.trainer.translation;

import hlstm.runtime.CellSpec;
import hlstm.runtime.ModelBuilder;
import hlstm.runtime.RecurrentSpec;
import hlstm.runtime.TranslationTask;
import hlstm.runtime.TranslationTask.Attention;
import hlstm.runtime.text.TextCoding;
import hlstm.trainer.layers.AttentionDecoder;
import hlstm.trainer.layers.DropoutLayer;
import hlstm.trainer.layers.Embedding;
import hlstm.trainer.layers.LayerState;
import hlstm.trainer.layers.LinearLayer;
import hlstm.trainer.layers.Parameter;
import hlstm.trainer.layers.Pass;
import hlstm.trainer.layers.RecurrentLayer;
import hlstm.trainer.layers.SequenceBlock;
import hlstm.trainer.layers.Trainable;
import hlstm.trainer.layers.TranslationExporter;
import hlstm.trainer.run.InitialModel;
import hlstm.trainer.run.TranslatorSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * An encoder and a decoder with attention over batches of sentences; {@link TranslationTask} has
 * the equations. Dropout lies on the embeddings, between layers and on the attentional vectors.
 * Belongs to one training loop at a time.
 */
public final class TranslationNetwork implements Trainable {
    private final TranslatorSettings settings;
    private final Embedding source;
    private final DropoutLayer sourceDropout;
    private final List<RecurrentLayer> encoder = new ArrayList<>();
    private final List<DropoutLayer> encoderDropouts = new ArrayList<>();
    private final Embedding target;
    private final DropoutLayer targetDropout;
    private final AttentionDecoder decoder;
    private final LinearLayer output;
    private final List<Parameter> parameters = new ArrayList<>();

    /**
     * A network of zeros; see {@link #initialise}.
     *
     * @param settings of sizes that go together
     * @param sourceTokens size of the source vocabulary
     * @param targetTokens size of the target vocabulary
     */
    public TranslationNetwork(TranslatorSettings settings, int sourceTokens, int targetTokens) {
        this.settings = settings;
        int embedding = settings.embedding();
        int width = settings.width();
        float dropout = (float) settings.dropout();
        float gateDropout = (float) settings.gateDropout();
        source = new Embedding("source.embedding", sourceTokens, embedding);
        sourceDropout = new DropoutLayer("source.embedding", embedding, dropout);
        target = new Embedding("target.embedding", targetTokens, embedding);
        targetDropout = new DropoutLayer("target.embedding", embedding, dropout);
        for (int n = 0; n < settings.encoderLayers(); n++) {
            RecurrentSpec layer = settings.encoderLayer(n == 0 ? embedding : width);
            encoder.add(new RecurrentLayer(name(n), layer.cell(), layer.directions(), gateDropout));
            if (n < settings.encoderLayers() - 1) {
                encoderDropouts.add(new DropoutLayer(name(n), width, dropout));
            }
        }
        List<CellSpec> cells = new ArrayList<>();
        for (int n = 0; n < settings.decoderLayers(); n++) {
            cells.add(settings.cell(n == 0 ? embedding + width : width));
        }
        decoder =
                new AttentionDecoder(
                        settings.encoderLayers(),
                        cells,
                        Attention.of(settings.attention()) == Attention.GENERAL,
                        dropout,
                        gateDropout);
        int last = settings.encoderLayers() + settings.decoderLayers();
        output =
                settings.tiedOutput()
                        ? LinearLayer.tied(name(last), target)
                        : new LinearLayer(name(last), Parameter.Kind.OUTPUT, width, targetTokens);
        parameters.addAll(source.parameters());
        encoder.forEach(layer -> parameters.addAll(layer.parameters()));
        parameters.addAll(target.parameters());
        parameters.addAll(decoder.parameters());
        parameters.addAll(output.parameters());
    }

    private static String name(int layer) {
        return "layers." + layer;
    }

    @Override
    public List<Parameter> parameters() {
        return List.copyOf(parameters);
    }

    @Override
    public List<LayerState> state() {
        return List.of();
    }

    @Override
    public void initialise(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float bound = (float) settings.embeddingBound();
        source.initialise(random.split(), bound);
        target.initialise(random.split(), bound);
        encoder.forEach(layer -> layer.initialise(random.split()));
        decoder.initialise(random.split());
        output.initialise(random.split());
    }

    /**
     * Takes the weights and connections of a trained model.
     *
     * @throws hlstm.trainer.run.RunException if it has another network
     */
    void beginWith(InitialModel model) {
        String outputWeight = name(settings.encoderLayers() + settings.decoderLayers()) + ".weight";
        boolean tied = settings.tiedOutput();
        model.into(
                parameters,
                name -> name.endsWith("embedding.weight") ? name.replace(".weight", "") : name,
                tied ? List.of(outputWeight) : List.of());
        if (tied) {
            model.requireEqual(outputWeight, "target.embedding", "translator.tiedOutput=false");
        }
    }

    @Override
    public void setRectifierSlope(float slope) {
        encoder.forEach(layer -> layer.setRectifierSlope(slope));
        decoder.setRectifierSlope(slope);
    }

    /**
     * The logits of the token that follows each target token.
     *
     * @param sources tokens of each sentence
     * @param read what the decoder reads: the token that begins a sentence, then its own but the
     *     end; both arrays must stay as they are until the backward pass is done
     * @param lanes lanes of the batch, at least one for each sentence
     * @return valid until the next forward pass
     */
    public SequenceBlock forward(int[][] sources, int[][] read, int lanes, Pass pass) {
        SequenceBlock memory = sourceDropout.forward(source.forward(sources, lanes, pass), pass);
        for (int n = 0; n < encoder.size(); n++) {
            memory = encoder.get(n).forward(memory, pass);
            if (n < encoderDropouts.size()) {
                memory = encoderDropouts.get(n).forward(memory, pass);
            }
        }
        SequenceBlock embedded = targetDropout.forward(target.forward(read, lanes, pass), pass);
        return output.forward(decoder.forward(embedded, memory, pass), pass);
    }

    /** Adds the gradients of all parameters, after a forward pass with an equal {@link Pass}. */
    public void backward(SequenceBlock logitsGradient, Pass pass) {
        decoder.backward(output.backward(logitsGradient, true, pass), pass);
        target.backward(targetDropout.backward(decoder.embeddingGradient(), true, pass), pass);
        SequenceBlock gradient = decoder.memoryGradient();
        for (int n = encoder.size() - 1; n >= 0; n--) {
            if (n < encoderDropouts.size()) {
                gradient = encoderDropouts.get(n).backward(gradient, true, pass);
            }
            gradient = encoder.get(n).backward(gradient, true, pass);
        }
        source.backward(sourceDropout.backward(gradient, true, pass), pass);
    }

    /** The network as it is as a model for inference. */
    public ModelBuilder export(TextCoding sourceCoding, TextCoding targetCoding) {
        TranslationTask task =
                new TranslationTask(
                        sourceCoding,
                        targetCoding,
                        settings.embedding(),
                        settings.width(),
                        settings.encoderLayers(),
                        Attention.of(settings.attention()));
        return TranslationExporter.export(task, source, encoder, target, decoder, output);
    }
}
