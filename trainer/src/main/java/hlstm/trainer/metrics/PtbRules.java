package hlstm.trainer.metrics;

import java.util.List;
import java.util.regex.Pattern;

/** What makes a token in a caption in lower case; see {@link PtbTokenizer}. */
final class PtbRules {
    /** So many of the rules, the first, decide by themselves; of the others the longest match. */
    static final int CERTAIN = 2;

    static final Pattern EMOTICON = Pattern.compile("[:;=][-o']?(?:[()]|[dp](?![a-z0-9]))");

    private static final String ABBREVIATIONS =
            "jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|mon|tues?|wed|thu|thurs|fri" // dates
                    + "|mr|mrs|ms|drs?|profs?|sens?|reps?|lt|col|gen|govs?|adm|rev|maj|sgt|cpl|pvt"
                    + "|capt|ste?|pres|hon|jr|sr|esq|ph\\.d" // people
                    + "|mt|ave|rd|blvd|ft|sq|ext|est|tel|dept|univ|assn|assoc" // places, measures
                    + "|bldg|inc|cos?|corp|ltd|bros|intl|mfg" // companies
                    + "|calif|fla|ala|ariz|colo|conn|ga|ind|kan|ky|md|mich|minn|mo|mont|neb|nev"
                    + "|okla|penn|tenn|va|vt|wis|wyo" // states
                    + "|vs|etc|al|alex|wm|jos|cf";

    private static final Pattern MAY_TAKE_FULL_STOP = Pattern.compile(ABBREVIATIONS + "|nos?");

    private static final Pattern TAG = compiled("</?L[^<>]*>");

    /**
     * Rules of which the first two come before the others. Repeated groups are possessive: what
     * follows never takes back a part, and others would need the stack for each.
     */
    static final List<Pattern> ALL =
            List.of(
                    compiled("A+?(?=nQt(?!A))|nQt(?!A)"), // is|n't
                    compiled("Q(?:s|d|ll|re|ve|m)(?!A)|'t(?=(?:is|was)(?:nQt)?(?!A))"), // dog|'s,
                    // 't|is
                    compiled("A+(?:[-_/]A+)*+"), // t-shirt, and/or
                    compiled("LA*(?:[.!?]LA*)++(?:-A+)*+"), // blue.a
                    compiled("[dol]Q(?!(?:s|d|ll|re|ve|m)(?!A))LA*|ma'am|n?e'er"), // o'clock
                    compiled(
                            "'(?:n'|(?:em|til|cause)(?!A)|\\d\\ds?(?!Q?A))|yQ(?=(?:all|know)(?!A))|c'mon|olQ"),
                    compiled("(?:L\\.)++(?:-A+(?:\\.L)*+\\.?)++|(?:L\\.){2,}+(?!A)"), // u.s.,
                    // a.m.-p.m.
                    // At the end of a caption a full stop, where the next begins as most do.
                    compiled("L\\.(?!A)(?=\\s*\\S)"),
                    compiled("(?:" + ABBREVIATIONS + ")\\.(?!A)|nos?\\.(?=\\s*\\d)"),
                    compiled("[-+]?[.,:]?\\d+(?:[.,:]\\d+)*+(?:-A+)*+"), // 2,000, 5:30, .5
                    compiled("at&t|a&w|a&m|m&m(?=s)|r&b|s&p|r&d|b&o|c\\+\\+|&#\\d+;|'n(?!A)"),
                    compiled("[#@]L[A_]*|A[A_.+-]{0,63}+@[A.-]*A"), // #tag, @name, a@b.org
                    compiled("https?://[^\\s\"<>|()]*[^\\s\"<>|().!?{},-]|www\\.[A./-]*A"),
                    compiled("[?!]+|\\.+|-+|\\*+|_+|<<|>>|''|``"),
                    EMOTICON,
                    TAG);

    private PtbRules() {}

    /** A pattern in which A is a letter or digit, L a letter and Q an apostrophe. */
    private static Pattern compiled(String rule) {
        StringBuilder pattern = new StringBuilder();
        boolean inClass = false;
        for (char c : rule.toCharArray()) {
            String set =
                    switch (c) {
                        case 'A' -> "\\p{L}\\p{M}\\p{Nd}";
                        case 'L' -> "\\p{L}\\p{M}";
                        case 'Q' -> "'\u2019";
                        default -> null;
                    };
            inClass = c == '[' || inClass && c != ']';
            if (set == null) {
                pattern.append(c);
            } else {
                pattern.append(inClass ? set : "[" + set + "]");
            }
        }
        return Pattern.compile(pattern.toString());
    }

    /** Whether a full stop after a word may belong to it. */
    static boolean takesFullStop(String word) {
        return word.length() < 2 || MAY_TAKE_FULL_STOP.matcher(word).matches();
    }

    static boolean isTag(String token) {
        return TAG.matcher(token).matches();
    }

    static boolean isSpace(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u200b';
    }

    /** The text with entities resolved, and with the symbols that stand for others. */
    static String normalised(String text) {
        boolean plain = text.chars().allMatch(c -> c < 0x80 && c != '&');
        if (plain) {
            return text;
        }
        StringBuilder normalised = new StringBuilder();
        text.replace("&quot;", " \" ")
                .replace("&apos;", "'")
                .replace("&lt;", " < ")
                .replace("&gt;", " > ")
                .replace("&nbsp;", " ")
                .replace("&amp;", " & ")
                .codePoints()
                .forEach(c -> append(normalised, c));
        return normalised.toString();
    }

    private static void append(StringBuilder normalised, int codePoint) {
        switch (codePoint) {
            case '\u00ad' -> {} // a soft hyphen
            case '\u2013', '\u2014', '\u2015' -> normalised.append(" -- ");
            case '\u2026' -> normalised.append(" ... ");
            case '\u201c', '\u201d', '\u201e' -> normalised.append('"');
            case '\u2018' -> normalised.append(" ` ");
            case '\u00bd' -> normalised.append(" 1/2 ");
            case '\u00bc' -> normalised.append(" 1/4 ");
            case '\u00be' -> normalised.append(" 3/4 ");
            case '\u2153' -> normalised.append(" 1/3 ");
            case '\u2154' -> normalised.append(" 2/3 ");
            case '\u00a3' -> normalised.append(" # ");
            case '\u20ac' -> normalised.append(" $ ");
            case '\u00a2' -> normalised.append(" cents ");
            default -> normalised.appendCodePoint(codePoint);
        }
    }
}
