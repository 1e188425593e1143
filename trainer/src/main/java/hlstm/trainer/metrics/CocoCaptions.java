package hlstm.trainer.metrics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Captions in the formats of COCO (https://cocodataset.org/#format-data, #format-results). */
final class CocoCaptions {
    private static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build();

    private CocoCaptions() {}

    /**
     * The captions of each image in a file of annotations, an object whose {@code annotations} have
     * {@code image_id} and {@code caption}.
     */
    static Map<String, List<String>> annotations(Path file) throws IOException {
        JsonNode annotations = read(file).path("annotations");
        if (!annotations.isArray()) {
            throw new IOException(
                    file + " has no list \"annotations\"; expected COCO's annotations of captions");
        }
        Map<String, List<String>> captions = new LinkedHashMap<>();
        for (int k = 0; k < annotations.size(); k++) {
            String where = "%s, annotations[%d]".formatted(file, k);
            captions.computeIfAbsent(
                            text(annotations.get(k), "image_id", where), image -> new ArrayList<>())
                    .add(text(annotations.get(k), "caption", where));
        }
        return notEmpty(captions, file);
    }

    /**
     * The caption of each image in a file of results, a list of objects with {@code image_id} and
     * {@code caption}.
     */
    static Map<String, String> results(Path file) throws IOException {
        JsonNode results = read(file);
        if (!results.isArray()) {
            throw new IOException(file + " is no list; expected COCO's results of captions");
        }
        Map<String, String> captions = new LinkedHashMap<>();
        for (int k = 0; k < results.size(); k++) {
            String where = "%s, [%d]".formatted(file, k);
            String image = text(results.get(k), "image_id", where);
            if (captions.put(image, text(results.get(k), "caption", where)) != null) {
                throw new IOException(
                        "%s: a second caption for image %s; expected one".formatted(where, image));
            }
        }
        return notEmpty(captions, file);
    }

    private static JsonNode read(Path file) throws IOException {
        try {
            return MAPPER.readTree(SentenceFile.text(file));
        } catch (JsonProcessingException e) {
            throw new IOException(
                    "%s is not JSON: %s (line %d, column %d)"
                            .formatted(
                                    file,
                                    e.getOriginalMessage(),
                                    e.getLocation() == null ? 0 : e.getLocation().getLineNr(),
                                    e.getLocation() == null ? 0 : e.getLocation().getColumnNr()),
                    e);
        }
    }

    private static String text(JsonNode object, String field, String where) throws IOException {
        JsonNode value = object.path(field);
        boolean number = field.equals("image_id") && value.isIntegralNumber();
        if (!value.isTextual() && !number) {
            throw new IOException(
                    "%s: \"%s\" is %s; expected %s"
                            .formatted(
                                    where,
                                    field,
                                    value.isMissingNode() ? "missing" : value,
                                    field.equals("image_id") ? "a number or text" : "text"));
        }
        return value.asText();
    }

    private static <T> Map<String, T> notEmpty(Map<String, T> captions, Path file)
            throws IOException {
        if (captions.isEmpty()) {
            throw new IOException(file + " holds no captions");
        }
        return captions;
    }
}
