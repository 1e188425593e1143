package hlstm.trainer.translation;

import hlstm.runtime.text.TextCoding;
import hlstm.runtime.text.TokenVocabulary;
import hlstm.runtime.text.Words;
import it.unimi.dsi.fastutil.HashCommon;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Cuts the words of training sentences another way each time they are read, so that a network
 * learns what words are made of: BPE-dropout (Provilkov, Emelianenko and Voita 2020). A word whose
 * parts the vocabulary does not know is cut as ever. Safe to share among threads.
 *
 * @param share of merges that are passed over
 * @param seed of all choices
 */
record MergeDropout(double share, long seed) {
    /** The random choices for both sides of a pair, which depend on nothing else. */
    RandomGenerator random(int epoch, int pair) {
        return new SplittableRandom(
                HashCommon.murmurHash3(HashCommon.murmurHash3(seed + epoch) + pair));
    }

    /** The numbers of a sentence's tokens. */
    int[] encode(TextCoding coding, String sentence, RandomGenerator random) {
        TokenVocabulary vocabulary = coding.vocabulary();
        IntArrayList numbers = new IntArrayList();
        for (String word : Words.split(sentence)) {
            List<String> parts = coding.codes().apply(List.of(word), share, random);
            boolean known =
                    parts.stream()
                            .noneMatch(part -> vocabulary.number(part) == TokenVocabulary.UNKNOWN);
            int[] own = vocabulary.numbers(known ? parts : coding.codes().apply(List.of(word)));
            numbers.addElements(numbers.size(), own);
        }
        return numbers.toIntArray();
    }
}
