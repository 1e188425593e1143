package hlstm.trainer.run;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The known name that a mistyped one was probably meant to be. */
public final class NearestName {
    /** A name is near if it differs in one of so many characters at most. */
    private static final int CHARACTERS_AN_EDIT = 3;

    /** Letters of a beginning that says enough. */
    private static final int BEGINNING = 3;

    private NearestName() {}

    /**
     * The name that is meant; empty where none is near. Names whose last part (behind a dot) is the
     * same are near, and so are those that begin with what was typed or differ in a third of their
     * characters at most.
     *
     * @return of the first kind if there is one, then by the least edit distance
     */
    public static Optional<String> of(String name, Collection<String> known) {
        return known.stream()
                .filter(k -> isNear(name, k))
                .min(
                        Comparator.comparingInt((String k) -> sameLastPart(name, k) ? 0 : 1)
                                .thenComparingInt(k -> distance(name, k))
                                .thenComparing(Comparator.naturalOrder()));
    }

    /** {@code : did you mean 'x'?} to end a message with; nothing where no known name is near. */
    public static String question(String name, Collection<String> known) {
        return of(name, known).map(": did you mean '%s'?"::formatted).orElse("");
    }

    private static boolean isNear(String name, String known) {
        String lower = name.toLowerCase(Locale.ROOT);
        return sameLastPart(name, known)
                || name.length() >= BEGINNING && known.toLowerCase(Locale.ROOT).startsWith(lower)
                || CHARACTERS_AN_EDIT * distance(name, known)
                        <= Math.max(name.length(), known.length());
    }

    private static boolean sameLastPart(String name, String known) {
        return lastPart(known).equals(lastPart(name));
    }

    private static String lastPart(String path) {
        return path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    /** Levenshtein distance, without regard to case. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                boolean same =
                        Character.toLowerCase(a.charAt(i - 1))
                                == Character.toLowerCase(b.charAt(j - 1));
                int next = Math.min(Math.min(row[j], row[j - 1]) + 1, diagonal + (same ? 0 : 1));
                diagonal = row[j];
                row[j] = next;
            }
        }
        return row[b.length()];
    }
}
