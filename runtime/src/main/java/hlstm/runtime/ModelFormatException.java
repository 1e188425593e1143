package hlstm.runtime;

import hlstm.runtime.json.Excerpt;
import java.io.IOException;

/**
 * A file is no model that this version can run. The message names the file, what is wrong, what was
 * expected and what was found.
 */
public final class ModelFormatException extends IOException {
    private static final long serialVersionUID = 1;

    /** With a message for the person who has to find a good file. */
    public ModelFormatException(String message) {
        super(Excerpt.of(message));
    }

    /** As above, with what led to it. */
    public ModelFormatException(String message, Throwable cause) {
        super(Excerpt.of(message), cause);
    }
}
