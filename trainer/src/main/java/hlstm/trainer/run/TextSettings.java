package hlstm.trainer.run;

import hlstm.runtime.text.TextCoding;

/**
 * How the text of a recipe for translation becomes tokens.
 *
 * @param source the source language, as the names of files end: {@code de}
 * @param target the target language
 * @param unit what a token is: {@code words}, {@code characters}, or {@code codes} for parts of
 *     words by byte-pair codes
 * @param merges merges of byte-pair codes to learn from both languages together
 * @param mergeDropout share of merges that are passed over whenever a word is read in training, so
 *     that it is cut another way each time
 * @param minimumCount how often a token must occur in the training set to have a number
 * @param mostTokens tokens of each language at most
 * @param longest tokens of a sentence at most; longer pairs are not trained on
 */
public record TextSettings(
        String source,
        String target,
        String unit,
        int merges,
        double mergeDropout,
        int minimumCount,
        int mostTokens,
        int longest) {
    /** Checks what goes together; a {@link Recipe} checks ranges. */
    public TextSettings {
        if (source.equals(target)) {
            throw new IllegalArgumentException(
                    "text.source and text.target must differ, both are '%s'".formatted(source));
        }
        if (mergeDropout > 0 && !unit.equals(TextCoding.Unit.CODES.label())) {
            throw new IllegalArgumentException(
                    ("text.mergeDropout passes over merges of codes: expected text.unit=codes or a"
                                    + " dropout of 0, found %s and %s")
                            .formatted(unit, mergeDropout));
        }
    }
}
