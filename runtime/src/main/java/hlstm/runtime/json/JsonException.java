package hlstm.runtime.json;

/** A text is not JSON, or not the JSON that was expected; the message says where and why. */
public final class JsonException extends Exception {
    private static final long serialVersionUID = 1;

    /** Long enough for any honest message; a hostile file must not fill a log. */
    private static final int MAX_LENGTH = 400;

    /** With a message for the person who has to repair the file; cut if it is very long. */
    public JsonException(String message) {
        super(message.length() <= MAX_LENGTH ? message : message.substring(0, MAX_LENGTH) + "...");
    }
}
