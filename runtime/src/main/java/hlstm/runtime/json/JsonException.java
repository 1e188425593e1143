package hlstm.runtime.json;

/** A text is not JSON, or not the JSON that was expected; the message says where and why. */
public final class JsonException extends Exception {
    private static final long serialVersionUID = 1;

    /** With a message for the person who has to repair the file. */
    public JsonException(String message) {
        super(Excerpt.of(message));
    }
}
