package hlstm.trainer.cli;

/**
 * Makes text that a file, a folder or an argument brought along fit for a terminal: what a terminal
 * would obey instead of showing (controls such as escape sequences, marks that reorder a line) is
 * written as {@code \}{@code uXXXX}, which JSON strings read back as the same character.
 */
public final class Printable {
    private Printable() {}

    /** A text within a line: line breaks and tabs are escaped too. */
    public static String of(String text) {
        return escaped(text, false);
    }

    /** A text of several lines, which keeps its line breaks and tabs. */
    public static String lines(String text) {
        return escaped(text, true);
    }

    private static String escaped(String text, boolean keepLayout) {
        StringBuilder escaped = null;
        for (int k = 0; k < text.length(); k++) {
            char c = text.charAt(k);
            boolean kept = keepLayout && (c == '\n' || c == '\t' || isLineBreak(text, k));
            boolean shown = kept || !isObeyed(c) && !isHalf(text, k);
            if (!shown && escaped == null) {
                escaped = new StringBuilder(text.substring(0, k));
            }
            if (escaped != null) {
                escaped.append(shown ? String.valueOf(c) : "\\u%04x".formatted((int) c));
            }
        }
        return escaped == null ? text : escaped.toString();
    }

    /** A carriage return alone would have the line written over. */
    private static boolean isLineBreak(String text, int k) {
        return text.startsWith("\r\n", k);
    }

    private static boolean isObeyed(char c) {
        return Character.isISOControl(c)
                || c == '\u2028' // line separator
                || c == '\u2029' // paragraph separator
                || c == '\u061c' // marks that change the direction of the text around them
                || c == '\u200e'
                || c == '\u200f'
                || c >= '\u202a' && c <= '\u202e'
                || c >= '\u2066' && c <= '\u2069';
    }

    /** Half of a surrogate pair without the other half. */
    private static boolean isHalf(String text, int k) {
        char c = text.charAt(k);
        if (Character.isHighSurrogate(c)) {
            return k + 1 == text.length() || !Character.isLowSurrogate(text.charAt(k + 1));
        }
        return Character.isLowSurrogate(c)
                && (k == 0 || !Character.isHighSurrogate(text.charAt(k - 1)));
    }
}
