package hlstm.runtime.text;

import java.util.ArrayList;
import java.util.List;

/** Words as they stand between spaces. */
public final class Words {
    private Words() {}

    /** Whether a code point separates words: white space of any kind, and control characters. */
    public static boolean isSpace(int point) {
        return Character.isWhitespace(point)
                || Character.isSpaceChar(point)
                || Character.isISOControl(point);
    }

    /** The words of a text, none of them empty. */
    public static List<String> split(String text) {
        List<String> words = new ArrayList<>();
        int begin = 0;
        for (int at = 0; at < text.length(); ) {
            int point = text.codePointAt(at);
            int next = at + Character.charCount(point);
            if (isSpace(point)) {
                if (at > begin) {
                    words.add(text.substring(begin, at));
                }
                begin = next;
            }
            at = next;
        }
        if (begin < text.length()) {
            words.add(text.substring(begin));
        }
        return words;
    }
}
