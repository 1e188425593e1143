package hlstm.trainer.numbers;

import hlstm.trainer.translation.ParallelText;
import it.unimi.dsi.fastutil.ints.IntLinkedOpenHashSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Numbers in German words and their English translations: random ones with 1 to 9 digits, as many
 * of each length as there are, no number twice.
 *
 * @param train numbers to learn from
 * @param valid numbers to choose on
 * @param test numbers to measure on
 */
public record NumberCorpus(ParallelText train, ParallelText valid, ParallelText test) {
    private static final int MOST_DIGITS = 9;

    /**
     * Draws numbers; the first are to learn from, so that all the short ones are among them.
     *
     * @param seed decides which
     */
    public static NumberCorpus generate(long seed, int train, int valid, int test) {
        SplittableRandom random = new SplittableRandom(seed);
        IntLinkedOpenHashSet drawn = new IntLinkedOpenHashSet();
        while (drawn.size() < train + valid + test) {
            int digits = random.nextInt(1, MOST_DIGITS + 1);
            int end = (int) Math.pow(10, digits);
            drawn.add(random.nextInt(digits == 1 ? 0 : end / 10, end));
        }
        int[] numbers = drawn.toIntArray();
        NumberWords words = new NumberWords();
        return new NumberCorpus(
                text("numbers to learn from", words, numbers, 0, train),
                text("numbers to choose on", words, numbers, train, train + valid),
                text("unseen numbers", words, numbers, train + valid, numbers.length));
    }

    private static ParallelText text(
            String name, NumberWords words, int[] numbers, int from, int to) {
        List<String> source = new ArrayList<>();
        List<String> target = new ArrayList<>();
        for (int k = from; k < to; k++) {
            source.add(words.german(numbers[k]));
            target.add(words.english(numbers[k]));
        }
        return new ParallelText(name, source, target);
    }

    /**
     * Writes the corpus as parallel files, {@code train.de} and so on.
     *
     * @throws IOException if they cannot be written
     */
    public void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        write(folder, "train", train);
        write(folder, "valid", valid);
        write(folder, "test", test);
    }

    private static void write(Path folder, String name, ParallelText text) throws IOException {
        Files.write(folder.resolve(name + ".de"), text.source());
        Files.write(folder.resolve(name + ".en"), text.target());
    }
}
