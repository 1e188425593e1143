package hlstm.trainer.captions;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hlstm.trainer.data.CorpusException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Captions in JSON: COCO's annotations (https://cocodataset.org/#format-data), an object with the
 * lists {@code images} ({@code id}, {@code file_name}) and {@code annotations} ({@code image_id},
 * {@code caption}); or a Karpathy split, an object whose {@code images} have {@code filename},
 * {@code split} and {@code sentences} with {@code raw}. Read item by item, so that large files need
 * little more room than their captions.
 */
final class CaptionJson {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Path file;
    private final Part part;
    private final List<CaptionedImage> karpathy = new ArrayList<>();
    private final Map<String, String> names = new LinkedHashMap<>();
    private final Map<String, List<String>> captions = new LinkedHashMap<>();

    private CaptionJson(Path file, Part part) {
        this.file = file;
        this.part = part;
    }

    /**
     * The captioned images of a file; those without a caption are left out.
     *
     * @param part of COCO's images, whose annotations do not say it; may be null
     * @throws CorpusException if it is of neither form; says which item is not
     */
    static List<CaptionedImage> read(Path file, Part part) throws IOException {
        CaptionJson json = new CaptionJson(file, part);
        try (JsonParser parser =
                MAPPER.createParser(file.toFile())
                        .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)) {
            json.read(parser);
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            throw new CorpusException(
                    "%s is not JSON: %s (line %d)".formatted(file, e.getOriginalMessage(), line));
        }
        return json.images();
    }

    private void read(JsonParser parser) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new CorpusException(
                    file
                            + ": expected an object with the lists images and annotations (COCO) or"
                            + " with images that have sentences (Karpathy), found something else");
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            boolean list = parser.nextToken() == JsonToken.START_ARRAY;
            if (list && field.equals("images")) {
                for (int k = 0; parser.nextToken() != JsonToken.END_ARRAY; k++) {
                    image(MAPPER.readTree(parser), "%s, images[%d]".formatted(file, k));
                }
            } else if (list && field.equals("annotations")) {
                for (int k = 0; parser.nextToken() != JsonToken.END_ARRAY; k++) {
                    annotation(MAPPER.readTree(parser), "%s, annotations[%d]".formatted(file, k));
                }
            } else {
                parser.skipChildren();
            }
        }
        if (parser.nextToken() != null) {
            throw new CorpusException(file + ": expected one object, found more behind it");
        }
    }

    private void image(JsonNode image, String where) throws CorpusException {
        if (!image.has("sentences")) {
            if (names.put(id(image, "id", where), text(image, "file_name", where)) != null) {
                throw new CorpusException(where + ": expected each id once, found one again");
            }
            return;
        }
        List<String> said = new ArrayList<>();
        for (JsonNode sentence : image.get("sentences")) {
            said.add(text(sentence, "raw", where + ", sentences"));
        }
        if (said.isEmpty()) {
            return;
        }
        String name = text(image, "filename", where);
        karpathy.add(
                new CaptionedImage(
                        name,
                        image.has("cocoid") ? id(image, "cocoid", where) : name,
                        part(text(image, "split", where), where),
                        said));
    }

    private static Part part(String split, String where) throws CorpusException {
        return switch (split) {
            case "train", "restval" -> Part.TRAIN;
            case "val" -> Part.DEV;
            case "test" -> Part.TEST;
            default ->
                    throw new CorpusException(
                            "%s: expected the split train, restval, val or test, found '%s'"
                                    .formatted(where, split));
        };
    }

    private void annotation(JsonNode annotation, String where) throws CorpusException {
        captions.computeIfAbsent(id(annotation, "image_id", where), image -> new ArrayList<>())
                .add(text(annotation, "caption", where));
    }

    private List<CaptionedImage> images() throws CorpusException {
        if (!karpathy.isEmpty()) {
            return karpathy;
        }
        List<CaptionedImage> images = new ArrayList<>();
        for (Map.Entry<String, List<String>> image : captions.entrySet()) {
            String name = names.get(image.getKey());
            if (name == null) {
                throw new CorpusException(
                        "%s: expected the image %s of an annotation among images, found none"
                                .formatted(file, image.getKey()));
            }
            images.add(new CaptionedImage(name, image.getKey(), part, image.getValue()));
        }
        if (images.isEmpty()) {
            throw new CorpusException(
                    file
                            + ": expected images and annotations (COCO), or images with sentences"
                            + " (Karpathy), found no caption");
        }
        return images;
    }

    private static String id(JsonNode object, String field, String where) throws CorpusException {
        JsonNode value = object.path(field);
        if (!value.isIntegralNumber() && !value.isTextual()) {
            throw missing(value, field, "a number or text", where);
        }
        return value.asText();
    }

    private static String text(JsonNode object, String field, String where) throws CorpusException {
        JsonNode value = object.path(field);
        if (!value.isTextual() || value.asText().isBlank()) {
            throw missing(value, field, "text", where);
        }
        return value.asText().strip();
    }

    private static CorpusException missing(
            JsonNode value, String field, String expected, String where) {
        return new CorpusException(
                "%s: expected %s as \"%s\", found %s"
                        .formatted(where, expected, field, value.isMissingNode() ? "none" : value));
    }
}
