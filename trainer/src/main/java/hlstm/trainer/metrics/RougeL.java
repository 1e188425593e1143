package hlstm.trainer.metrics;

import java.util.List;

/**
 * ROUGE-L of captions, as pycocoevalcap computes it: the F-measure with beta 1.2 of the longest
 * common subsequence (C.-Y. Lin, "ROUGE", 2004), with the best precision and the best recall over
 * the references, which need not be of the same one. A corpus has the mean over its images.
 */
public final class RougeL {
    private static final double BETA_SQUARED = 1.2 * 1.2;

    private RougeL() {}

    /**
     * The score of an image, a fraction in [0, 1].
     *
     * @param references one or more, split into words; a sentence without words counts as one word
     *     that no other has
     * @throws IllegalArgumentException if there is no reference
     */
    public static double score(List<List<String>> references, List<String> hypothesis) {
        if (references.isEmpty()) {
            throw new IllegalArgumentException("a sentence without references cannot be scored");
        }
        double precision = 0;
        double recall = 0;
        List<String> words = orEmptyWord(hypothesis);
        for (List<String> each : references) {
            List<String> reference = orEmptyWord(each);
            double common = longestCommonSubsequence(reference, words);
            precision = Math.max(precision, common / words.size());
            recall = Math.max(recall, common / reference.size());
        }
        if (precision == 0) {
            return 0;
        }
        return (1 + BETA_SQUARED) * precision * recall / (recall + BETA_SQUARED * precision);
    }

    /** pycocoevalcap splits at single blanks, which makes a word of an empty sentence. */
    private static List<String> orEmptyWord(List<String> words) {
        return words.isEmpty() ? List.of("") : words;
    }

    private static int longestCommonSubsequence(List<String> a, List<String> b) {
        int[] row = new int[b.size() + 1];
        for (String word : a) {
            int diagonal = 0;
            for (int j = 1; j <= b.size(); j++) {
                int above = row[j];
                row[j] = word.equals(b.get(j - 1)) ? diagonal + 1 : Math.max(above, row[j - 1]);
                diagonal = above;
            }
        }
        return row[b.size()];
    }
}
