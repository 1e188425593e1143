package hlstm.trainer.run;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** The known name most like a mistyped one. */
final class NearestName {
    private NearestName() {}

    /** A name whose last part is the same comes first, then the least edit distance. */
    static String of(String name, Collection<String> known) {
        return known.stream()
                .min(
                        Comparator.comparingInt(
                                        (String k) -> lastPart(k).equals(lastPart(name)) ? 0 : 1)
                                .thenComparingInt(k -> distance(name, k))
                                .thenComparing(Comparator.naturalOrder()))
                .orElseThrow();
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
