package hlstm.trainer.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;

/**
 * Splits captions into words as pycocoevalcap does, which runs Stanford's PTBTokenizer 3.4.1 with
 * {@code -lowerCase} and then drops punctuation. The rules here are this project's own, and cover
 * what captions hold: contractions, hyphens and slashes, numbers and times, abbreviations and
 * acronyms, quotes, brackets (which, lower-cased, escape the list of punctuation and stay as {@code
 * -lrb-}), symbols and entities. Not covered are telephone numbers with brackets and rare pieces of
 * mark-up.
 */
final class PtbTokenizer {
    /** Tokens that pycocoevalcap drops. Its brackets are upper case, and never occur. */
    private static final Set<String> PUNCTUATION =
            Set.of(
                    "''", "'", "``", "`", ".", "?", "!", ",", ":", "-", "--", "---", "----", "...",
                    ";", "\"");

    private static final Map<String, List<String>> SPLIT =
            Map.of(
                    "cannot", List.of("can", "not"),
                    "gonna", List.of("gon", "na"),
                    "gotta", List.of("got", "ta"),
                    "wanna", List.of("wan", "na"),
                    "lemme", List.of("lem", "me"),
                    "gimme", List.of("gim", "me"));

    private static final Map<String, String> BRACKETS =
            Map.of(
                    "(", "-lrb-", ")", "-rrb-", "[", "-lsb-", "]", "-rsb-", "{", "-lcb-", "}",
                    "-rcb-");

    private final String text;
    private final Matcher[] rules;
    private final List<String> tokens = new ArrayList<>();

    private PtbTokenizer(String text) {
        this.text = text;
        this.rules = PtbRules.ALL.stream().map(rule -> rule.matcher(text)).toArray(Matcher[]::new);
        for (Matcher rule : rules) {
            rule.useTransparentBounds(true);
        }
    }

    /** The words of a caption, in lower case. */
    static List<String> words(String caption) {
        PtbTokenizer tokenizer =
                new PtbTokenizer(PtbRules.normalised(caption.toLowerCase(Locale.ROOT)));
        tokenizer.run();
        return tokenizer.tokens;
    }

    private void run() {
        int start = 0;
        while (start < text.length()) {
            if (PtbRules.isSpace(text.charAt(start)) || isLoneMark(start)) {
                start++;
                continue;
            }
            int end = plainWord(start);
            if (end == start) {
                end = longest(start);
            }
            add(text.substring(start, end).replace('\u2019', '\''), end);
            start = end;
        }
    }

    /**
     * The end of a word of ASCII letters before a space, or before a comma or full stop at the end
     * of the word, which is the bulk of all captions; or start.
     */
    private int plainWord(int start) {
        int end = start;
        while (end < text.length() && text.charAt(end) >= 'a' && text.charAt(end) <= 'z') {
            end++;
        }
        if (endsAt(end)) {
            return end;
        }
        return isLoneMark(end) && !PtbRules.takesFullStop(text.substring(start, end)) ? end : start;
    }

    /** A comma or full stop before a space. */
    private boolean isLoneMark(int k) {
        return (text.charAt(k) == ',' || text.charAt(k) == '.') && endsAt(k + 1);
    }

    private boolean endsAt(int k) {
        return k == text.length() || PtbRules.isSpace(text.charAt(k));
    }

    private int longest(int start) {
        int end = start;
        for (int k = 0; k < rules.length; k++) {
            Matcher rule = rules[k].region(start, text.length());
            if (rule.lookingAt()) {
                if (k < PtbRules.CERTAIN) {
                    return rule.end();
                }
                end = Math.max(end, rule.end());
            }
        }
        return end > start ? end : start + Character.charCount(text.codePointAt(start));
    }

    private void add(String token, int end) {
        if (PUNCTUATION.contains(token) || token.chars().allMatch(c -> c == '.')) {
            return;
        }
        if (token.length() > 1 && PtbRules.EMOTICON.matcher(token).matches()) {
            tokens.add(token.replace("(", "-lrb-").replace(")", "-rrb-"));
        } else if (SPLIT.containsKey(token) && !apostropheAt(end)) {
            tokens.addAll(SPLIT.get(token));
        } else if (PtbRules.isTag(token)) {
            tokens.addAll(List.of(token.split(" ")));
        } else {
            tokens.add(BRACKETS.getOrDefault(token, token));
        }
    }

    private boolean apostropheAt(int k) {
        return k < text.length() && (text.charAt(k) == '\'' || text.charAt(k) == '\u2019');
    }
}
