package hlstm.trainer.numbers;

import com.ibm.icu.text.RuleBasedNumberFormat;
import java.util.Locale;

/**
 * Numbers in German and English words, by the rules of ICU, in lower case and without soft hyphens.
 * For one thread.
 */
public final class NumberWords {
    /** The largest number. */
    public static final int LARGEST = 999_999_999;

    private static final String SOFT_HYPHEN = "\u00ad";

    private final RuleBasedNumberFormat german = spelling(Locale.GERMAN);
    private final RuleBasedNumberFormat english = spelling(Locale.ENGLISH);

    /** Both languages. */
    public NumberWords() {}

    private static RuleBasedNumberFormat spelling(Locale locale) {
        return new RuleBasedNumberFormat(locale, RuleBasedNumberFormat.SPELLOUT);
    }

    /** A number in German: {@code dreihunderteinundzwanzig}. */
    public String german(int number) {
        return words(german, number, Locale.GERMAN);
    }

    /** A number in English: {@code three hundred twenty-one}. */
    public String english(int number) {
        return words(english, number, Locale.ENGLISH);
    }

    private static String words(RuleBasedNumberFormat format, int number, Locale locale) {
        if (number < 0 || number > LARGEST) {
            throw new IllegalArgumentException(
                    "a number must lie in [0, %,d], found %,d".formatted(LARGEST, number));
        }
        return format.format(number).replace(SOFT_HYPHEN, "").toLowerCase(locale);
    }
}
