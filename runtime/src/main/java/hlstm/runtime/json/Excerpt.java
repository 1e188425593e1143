package hlstm.runtime.json;

/** Makes text from a file fit for an error message: a hostile file must not fill or forge a log. */
public final class Excerpt {
    private static final int MAX_LENGTH = 1000;

    private Excerpt() {}

    /** The text on one line, cut if it is longer than any honest message. */
    public static String of(String text) {
        StringBuilder excerpt = new StringBuilder();
        int length = Math.min(text.length(), MAX_LENGTH);
        for (int k = 0; k < length; k++) {
            char c = text.charAt(k);
            excerpt.append(Character.isISOControl(c) ? '?' : c);
        }
        return excerpt.append(length < text.length() ? "..." : "").toString();
    }
}
