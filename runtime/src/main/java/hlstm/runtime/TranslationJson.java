package hlstm.runtime;

import hlstm.runtime.json.JsonException;
import hlstm.runtime.json.JsonFields;
import hlstm.runtime.json.JsonValue;
import hlstm.runtime.json.JsonValue.JsonArray;
import hlstm.runtime.json.JsonValue.JsonNumber;
import hlstm.runtime.json.JsonValue.JsonObject;
import hlstm.runtime.json.JsonValue.JsonString;
import hlstm.runtime.text.BytePairCodes;
import hlstm.runtime.text.TextCoding;
import hlstm.runtime.text.TokenVocabulary;
import java.util.List;

/** The task of a translation model as JSON, within the architecture of a model file. */
final class TranslationJson {
    static final String KIND = "translation";

    private static final String PATH = "architecture.task";

    private TranslationJson() {}

    static JsonObject write(TranslationTask task) {
        return SpecJson.object(
                "kind",
                new JsonString(KIND),
                "source",
                text(task.source()),
                "target",
                text(task.target()),
                "embedding",
                JsonNumber.of(task.embeddingWidth()),
                "width",
                JsonNumber.of(task.width()),
                "encoder_layers",
                JsonNumber.of(task.encoderLayers()),
                "attention",
                new JsonString(task.attention().label()));
    }

    private static JsonObject text(TextCoding coding) {
        return SpecJson.object(
                "unit",
                new JsonString(coding.unit().label()),
                "tokens",
                strings(coding.vocabulary().tokens()),
                "merges",
                strings(coding.codes().merges()));
    }

    private static JsonArray strings(List<String> values) {
        return new JsonArray(values.stream().<JsonValue>map(JsonString::new).toList());
    }

    /** Reads what {@link #write} has written, the kind being read; the caller ends the fields. */
    static TranslationTask read(JsonFields fields) throws JsonException {
        TextCoding source = readText(fields.object("source"), PATH + ".source");
        TextCoding target = readText(fields.object("target"), PATH + ".target");
        int embedding = SpecJson.integer(fields, "embedding", 1);
        int width = SpecJson.integer(fields, "width", 1);
        int encoderLayers = (int) fields.integer("encoder_layers", 1, ModelSpec.MAX_LAYERS);
        String attention = fields.string("attention");
        return SpecJson.checked(
                PATH,
                () ->
                        new TranslationTask(
                                source,
                                target,
                                embedding,
                                width,
                                encoderLayers,
                                TranslationTask.Attention.of(attention)));
    }

    private static TextCoding readText(JsonFields fields, String path) throws JsonException {
        String unit = fields.string("unit");
        List<String> tokens = fields.strings("tokens");
        List<String> merges = fields.strings("merges");
        fields.end();
        return SpecJson.checked(
                path,
                () ->
                        new TextCoding(
                                TextCoding.Unit.of(unit),
                                new TokenVocabulary(tokens),
                                new BytePairCodes(merges)));
    }
}
