package hlstm.runtime;

import java.util.Arrays;
import java.util.List;

/**
 * How a translation looked at its source.
 *
 * @param source source tokens
 * @param target target tokens, then the token that ends the sentence
 * @param shares by target token, then by source token; those of a target token add up to 1
 */
public record Alignment(List<String> source, List<String> target, float[][] shares) {
    @Override
    public String toString() {
        return "alignment of %s with %s: %s".formatted(target, source, Arrays.deepToString(shares));
    }
}
