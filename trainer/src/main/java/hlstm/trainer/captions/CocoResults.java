package hlstm.trainer.captions;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Captions as COCO takes results (https://cocodataset.org/#format-results): a list of objects with
 * {@code image_id} and {@code caption}. Ids that are numbers are written as numbers. Belongs to one
 * thread.
 */
public final class CocoResults {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int MOST_DIGITS = 18;

    private record Result(String id, String caption) {}

    private final List<Result> results = new ArrayList<>();

    /** Without results yet. */
    public CocoResults() {}

    /** The id by which results name an image: its number in COCO if the name holds one. */
    public static String id(String imageName) {
        return ImageNames.id(imageName);
    }

    /** Adds the caption of an image. */
    public void add(String id, String caption) {
        results.add(new Result(id, caption));
    }

    /** The results as JSON, one in each line. */
    public String toJson() {
        List<String> lines = new ArrayList<>();
        for (Result result : results) {
            ObjectNode object = MAPPER.createObjectNode();
            String id = result.id();
            if (id.matches("0|[1-9][0-9]*") && id.length() <= MOST_DIGITS) {
                object.put("image_id", Long.parseLong(id));
            } else {
                object.put("image_id", id);
            }
            lines.add(object.put("caption", result.caption()).toString());
        }
        return "[" + String.join(",\n", lines) + "]\n";
    }
}
