package hlstm.runtime.decode;

import hlstm.runtime.json.Excerpt;
import java.io.IOException;

/**
 * A language model that is no well-formed ARPA file; says in which line, what was expected and what
 * was found.
 */
public final class ArpaFormatException extends IOException {
    private static final long serialVersionUID = 1;

    /** A complaint about a line of the file of this name. */
    public ArpaFormatException(String name, long line, String complaint) {
        super(Excerpt.of("%s, line %d: %s".formatted(name, line, complaint)));
    }

    /** As above, with what led to it. */
    public ArpaFormatException(String name, long line, String complaint, Throwable cause) {
        this(name, line, complaint);
        initCause(cause);
    }
}
