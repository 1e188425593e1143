package hlstm.runtime.safetensors;

import hlstm.runtime.json.Excerpt;
import java.io.IOException;

/**
 * A file is not a well-formed safetensors file, or does not hold the tensors asked for. The message
 * names the file, what is wrong, what was expected and what was found.
 */
public final class SafetensorsException extends IOException {
    private static final long serialVersionUID = 1;

    /** With a message for the person who has to find a good file. */
    public SafetensorsException(String message) {
        super(Excerpt.of(message));
    }

    /** As above, with what led to it. */
    public SafetensorsException(String message, Throwable cause) {
        super(Excerpt.of(message), cause);
    }
}
