package hlstm.runtime;

import hlstm.runtime.audio.FeatureSpec;
import hlstm.runtime.decode.Alphabet;
import hlstm.runtime.json.JsonException;
import hlstm.runtime.json.JsonFields;
import hlstm.runtime.json.JsonParser;
import hlstm.runtime.json.JsonValue;
import hlstm.runtime.json.JsonValue.JsonArray;
import hlstm.runtime.json.JsonValue.JsonLiteral;
import hlstm.runtime.json.JsonValue.JsonNumber;
import hlstm.runtime.json.JsonValue.JsonObject;
import hlstm.runtime.json.JsonValue.JsonString;
import hlstm.runtime.json.JsonWriter;
import hlstm.runtime.text.TokenVocabulary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The architecture of a model as JSON text, as it stands in the metadata of a model file. */
final class SpecJson {
    private static final String CONCATENATED = "concatenated";

    private SpecJson() {}

    static String write(ModelSpec spec) {
        return JsonWriter.write(
                object(
                        "task",
                        task(spec.task()),
                        "layers",
                        new JsonArray(spec.layers().stream().map(SpecJson::layer).toList())));
    }

    /**
     * Reads what {@link #write} has written.
     *
     * @throws JsonException if the text is not such an architecture
     */
    static ModelSpec read(String json) throws JsonException {
        JsonFields root = JsonFields.of("architecture", JsonParser.parse(json));
        TaskSpec task = readTask(root.object("task"));
        List<LayerSpec> layers = new ArrayList<>();
        for (JsonFields layer : root.objects("layers")) {
            layers.add(readLayer(layer));
        }
        root.end();
        return checked("architecture", () -> new ModelSpec(task, layers));
    }

    private static JsonObject task(TaskSpec task) {
        return switch (task) {
            case SpeechTask speech ->
                    object(
                            "kind",
                            new JsonString(speech.kind()),
                            "features",
                            features(speech.features()),
                            "alphabet",
                            alphabet(speech.alphabet()));
            case CaptioningTask captioning ->
                    object(
                            "kind",
                            new JsonString(captioning.kind()),
                            "features",
                            JsonNumber.of(captioning.featureWidth()),
                            "transform",
                            new JsonString(captioning.transform().label()),
                            "vocabulary",
                            new JsonArray(
                                    captioning.vocabulary().tokens().stream()
                                            .<JsonValue>map(JsonString::new)
                                            .toList()));
            case SequenceTask sequence -> object("kind", new JsonString(sequence.kind()));
            case TranslationTask translation -> TranslationJson.write(translation);
        };
    }

    private static TaskSpec readTask(JsonFields fields) throws JsonException {
        String kind = fields.string("kind");
        TaskSpec task =
                switch (kind) {
                    case "speech" ->
                            new SpeechTask(
                                    readFeatures(fields.object("features")),
                                    readAlphabet(fields.object("alphabet")));
                    case "captioning" -> readCaptioning(fields);
                    case "sequence" -> new SequenceTask();
                    case TranslationJson.KIND -> TranslationJson.read(fields);
                    default ->
                            throw new JsonException(
                                    ("architecture.task.kind: expected speech, captioning, sequence or"
                                                    + " translation, found '%s'")
                                            .formatted(kind));
                };
        fields.end();
        return task;
    }

    private static CaptioningTask readCaptioning(JsonFields fields) throws JsonException {
        int features = integer(fields, "features", 1);
        String transform = fields.string("transform");
        List<String> tokens = fields.strings("vocabulary");
        return checked(
                "architecture.task",
                () ->
                        new CaptioningTask(
                                features,
                                CaptioningTask.FeatureTransform.of(transform),
                                new TokenVocabulary(tokens)));
    }

    private static JsonObject features(FeatureSpec features) {
        return object(
                "sample_rate",
                JsonNumber.of(features.sampleRate()),
                "window_millis",
                JsonNumber.of(features.windowMillis()),
                "hop_millis",
                JsonNumber.of(features.hopMillis()),
                "mel_bands",
                JsonNumber.of(features.melBands()),
                "spectrum",
                new JsonString(features.spectrum()),
                "scale",
                JsonNumber.of(features.scale()),
                "normalisation",
                new JsonString(features.normalisation()),
                "stack",
                JsonNumber.of(features.stack()),
                "stride",
                JsonNumber.of(features.stride()));
    }

    private static FeatureSpec readFeatures(JsonFields fields) throws JsonException {
        int sampleRate = integer(fields, "sample_rate", 0);
        double windowMillis = fields.doublePrecision("window_millis");
        double hopMillis = fields.doublePrecision("hop_millis");
        int melBands = integer(fields, "mel_bands", 0);
        String spectrum = fields.string("spectrum");
        double scale = fields.doublePrecision("scale");
        String normalisation = fields.string("normalisation");
        int stack = integer(fields, "stack", 0);
        int stride = integer(fields, "stride", 0);
        fields.end();
        return checked(
                "architecture.task.features",
                () ->
                        new FeatureSpec(
                                sampleRate,
                                windowMillis,
                                hopMillis,
                                melBands,
                                spectrum,
                                scale,
                                normalisation,
                                stack,
                                stride));
    }

    private static JsonObject alphabet(Alphabet alphabet) {
        return object(
                "symbols",
                new JsonArray(alphabet.symbols().stream().<JsonValue>map(JsonString::new).toList()),
                "blank",
                JsonNumber.of(alphabet.blank()));
    }

    private static Alphabet readAlphabet(JsonFields fields) throws JsonException {
        List<String> symbols = fields.strings("symbols");
        int blank = integer(fields, "blank", 0);
        fields.end();
        return checked("architecture.task.alphabet", () -> new Alphabet(symbols, blank));
    }

    private static JsonValue layer(LayerSpec layer) {
        return switch (layer) {
            case RecurrentSpec recurrent -> recurrent(recurrent);
            case LinearSpec linear ->
                    object(
                            "kind",
                            new JsonString("linear"),
                            "input",
                            JsonNumber.of(linear.inputWidth()),
                            "output",
                            JsonNumber.of(linear.outputWidth()));
            case ConvolutionSpec convolution ->
                    object(
                            "kind",
                            new JsonString("convolution"),
                            "input_bins",
                            JsonNumber.of(convolution.inputBins()),
                            "input_channels",
                            JsonNumber.of(convolution.inputChannels()),
                            "output_channels",
                            JsonNumber.of(convolution.outputChannels()),
                            "time",
                            axis(convolution.time()),
                            "frequency",
                            axis(convolution.frequency()),
                            "clip",
                            JsonNumber.of(convolution.clip()));
            case RowConvolutionSpec convolution ->
                    object(
                            "kind",
                            new JsonString("row_convolution"),
                            "width",
                            JsonNumber.of(convolution.width()),
                            "lookahead",
                            JsonNumber.of(convolution.lookahead()));
        };
    }

    private static JsonObject axis(ConvolutionAxis axis) {
        return object(
                "kernel",
                JsonNumber.of(axis.kernel()),
                "stride",
                JsonNumber.of(axis.stride()),
                "padding",
                JsonNumber.of(axis.padding()));
    }

    private static JsonObject recurrent(RecurrentSpec recurrent) {
        CellSpec cell = recurrent.cell();
        JsonObject summed =
                object(
                        "kind",
                        new JsonString("recurrent"),
                        "input",
                        JsonNumber.of(cell.inputWidth()),
                        "width",
                        JsonNumber.of(cell.width()),
                        "hidden",
                        new JsonArray(
                                cell.hiddenWidths().stream()
                                        .<JsonValue>map(JsonNumber::of)
                                        .toList()),
                        "shared_hidden",
                        JsonLiteral.of(cell.sharedHidden()),
                        "rectifier_slope",
                        JsonNumber.of(cell.rectifierSlope()),
                        "bidirectional",
                        JsonLiteral.of(recurrent.bidirectional()));
        if (recurrent.directions() != Directions.CONCATENATED) {
            // Without a further field, so that the bytes are those of earlier versions.
            return summed;
        }
        Map<String, JsonValue> fields = new LinkedHashMap<>(summed.fields());
        fields.put(CONCATENATED, JsonLiteral.TRUE);
        return new JsonObject(fields);
    }

    private static LayerSpec readLayer(JsonFields fields) throws JsonException {
        String kind = fields.string("kind");
        LayerSpec layer =
                switch (kind) {
                    case "recurrent" -> readRecurrent(fields);
                    case "linear" ->
                            new LinearSpec(
                                    integer(fields, "input", 1), integer(fields, "output", 1));
                    case "convolution" -> readConvolution(fields);
                    case "row_convolution" -> readRowConvolution(fields);
                    default ->
                            throw new JsonException(
                                    "architecture.layers: expected the kinds recurrent, linear,"
                                            + " convolution and row_convolution, found '%s'"
                                                    .formatted(kind));
                };
        fields.end();
        return layer;
    }

    private static ConvolutionSpec readConvolution(JsonFields fields) throws JsonException {
        int bins = integer(fields, "input_bins", 1);
        int inputChannels = integer(fields, "input_channels", 1);
        int outputChannels = integer(fields, "output_channels", 1);
        ConvolutionAxis time = readAxis(fields.object("time"));
        ConvolutionAxis frequency = readAxis(fields.object("frequency"));
        float clip = fields.singlePrecision("clip");
        return checked(
                "architecture.layers",
                () ->
                        new ConvolutionSpec(
                                bins, inputChannels, outputChannels, time, frequency, clip));
    }

    private static RowConvolutionSpec readRowConvolution(JsonFields fields) throws JsonException {
        int width = integer(fields, "width", 1);
        int lookahead = integer(fields, "lookahead", 1);
        return checked("architecture.layers", () -> new RowConvolutionSpec(width, lookahead));
    }

    private static ConvolutionAxis readAxis(JsonFields fields) throws JsonException {
        int kernel = integer(fields, "kernel", 1);
        int stride = integer(fields, "stride", 1);
        int padding = integer(fields, "padding", 0);
        fields.end();
        return checked("architecture.layers", () -> new ConvolutionAxis(kernel, stride, padding));
    }

    private static RecurrentSpec readRecurrent(JsonFields fields) throws JsonException {
        int input = integer(fields, "input", 1);
        int width = integer(fields, "width", 1);
        List<Integer> hidden =
                fields.integers("hidden", 1, LayerSpec.MAX_WIDTH).stream()
                        .map(Math::toIntExact)
                        .toList();
        boolean shared = fields.truth("shared_hidden");
        float slope = fields.singlePrecision("rectifier_slope");
        Directions directions = readDirections(fields);
        return checked(
                "architecture.layers",
                () ->
                        new RecurrentSpec(
                                new CellSpec(input, width, hidden, shared, slope), directions));
    }

    private static Directions readDirections(JsonFields fields) throws JsonException {
        boolean both = fields.truth("bidirectional");
        if (!fields.has(CONCATENATED) || !fields.truth(CONCATENATED)) {
            return both ? Directions.SUMMED : Directions.FORWARD;
        }
        if (!both) {
            throw new JsonException(
                    "architecture.layers: a layer in one direction has nothing to concatenate: expected"
                            + " bidirectional to be true where concatenated is");
        }
        return Directions.CONCATENATED;
    }

    static int integer(JsonFields fields, String name, int min) throws JsonException {
        return (int) fields.integer(name, min, LayerSpec.MAX_WIDTH);
    }

    interface Construction<T> {
        T construct();
    }

    /** The specs check themselves; what they refuse is the text's fault here. */
    static <T> T checked(String path, Construction<T> construction) throws JsonException {
        try {
            return construction.construct();
        } catch (IllegalArgumentException e) {
            throw new JsonException("%s: %s".formatted(path, e.getMessage()));
        }
    }

    static JsonObject object(Object... namesAndValues) {
        Map<String, JsonValue> fields = new LinkedHashMap<>();
        for (int k = 0; k < namesAndValues.length; k += 2) {
            fields.put((String) namesAndValues[k], (JsonValue) namesAndValues[k + 1]);
        }
        return new JsonObject(fields);
    }
}
