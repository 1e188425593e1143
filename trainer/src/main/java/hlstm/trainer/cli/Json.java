package hlstm.trainer.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;

/** Writes results for other programs. */
public final class Json {
    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private static final ObjectMapper LINE_MAPPER = new ObjectMapper();

    private Json() {}

    /** As {@link #text}, in one line. */
    static String line(Object value) {
        return text(LINE_MAPPER, value);
    }

    /**
     * A record, map, list or number as JSON text, in which strings hold no character that a
     * terminal would obey.
     */
    public static String text(Object value) {
        return text(MAPPER, value);
    }

    private static String text(ObjectMapper mapper, Object value) {
        try {
            return Printable.lines(mapper.writeValueAsString(value));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(value.getClass() + " has no JSON form", e);
        }
    }
}
