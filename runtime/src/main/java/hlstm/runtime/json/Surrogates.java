package hlstm.runtime.json;

/** Finds what UTF-8 cannot hold. */
final class Surrogates {
    private Surrogates() {}

    /** Whether a string holds half of a surrogate pair. */
    static boolean unpaired(String value) {
        for (int k = 0; k < value.length(); k++) {
            char c = value.charAt(k);
            if (!Character.isSurrogate(c)) {
                continue;
            }
            boolean pair =
                    Character.isHighSurrogate(c)
                            && k + 1 < value.length()
                            && Character.isLowSurrogate(value.charAt(k + 1));
            if (!pair) {
                return true;
            }
            k++;
        }
        return false;
    }
}
