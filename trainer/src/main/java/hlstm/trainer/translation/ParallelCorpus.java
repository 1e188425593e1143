package hlstm.trainer.translation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Parallel text to train and to choose on.
 *
 * @param train what a network learns from
 * @param valid what it is scored on while it learns
 */
public record ParallelCorpus(ParallelText train, ParallelText valid) {
    /** The part of a file of pairs that is chosen on and not trained on. */
    public static final String HELD_BACK = "valid";

    /** What sets of parallel files are called, as the usual preparations name them. */
    private static final List<String> TRAIN = List.of("train", "train.tok", "train.lc.norm.tok");

    private static final List<String> VALID =
            List.of("valid", "valid.tok", "val", "val.tok", "val.lc.norm.tok", "dev", "dev.tok");

    private static final List<String> TEST =
            List.of(
                    "test",
                    "test.tok",
                    "test_2016_flickr",
                    "test_2016_flickr.tok",
                    "test_2016_flickr.lc.norm.tok");

    /** Of a file of pairs, one of so many targets is to choose on. */
    private static final int VALID_SHARE = 50;

    /**
     * Reads a folder of parallel files ({@code train.de}, {@code train.en}, {@code valid.de}, ...),
     * or a file of tab-separated pairs. The pairs of a file are split by their target: those of
     * equal targets stay together, so that what is chosen on has not been trained on.
     *
     * @param train the name of the training set without its language; null for the usual ones
     * @param valid that of the set to choose on; null for the usual ones
     * @throws IOException if a set is missing or damaged; the message says what was looked for
     */
    public static ParallelCorpus open(
            Path data, String sourceLanguage, String targetLanguage, String train, String valid)
            throws IOException {
        if (Files.isRegularFile(data)) {
            if (train != null || valid != null) {
                throw new IOException(
                        "%s is a file of pairs, which has no sets to name: leave --train and --valid out"
                                .formatted(data));
            }
            return split(ParallelText.readPairs(data).withoutBlanks());
        }
        return new ParallelCorpus(
                required(
                                data,
                                train == null ? TRAIN : List.of(train),
                                sourceLanguage,
                                targetLanguage)
                        .withoutBlanks(),
                required(
                        data,
                        valid == null ? VALID : List.of(valid),
                        sourceLanguage,
                        targetLanguage));
    }

    /**
     * The set to measure a model on: the test set, or where there is none the one to choose on. Of
     * a file of pairs it is all of them, or those that {@link #open} holds back.
     *
     * @param name the name of the set without its language, {@code train}, {@code valid} or {@code
     *     test} for what is usually called so; {@link #HELD_BACK} for those pairs of a file; null
     *     for the usual ones
     * @throws IOException if there is none, or it is damaged
     */
    public static ParallelText evaluation(
            Path data, String sourceLanguage, String targetLanguage, String name)
            throws IOException {
        if (Files.isRegularFile(data)) {
            if (name == null) {
                return ParallelText.readPairs(data);
            }
            if (name.equals(HELD_BACK)) {
                return split(ParallelText.readPairs(data).withoutBlanks()).valid();
            }
            throw new IOException(
                    "%s is a file of pairs: expected the part %s or none, found %s"
                            .formatted(data, HELD_BACK, name));
        }
        return required(data, names(name), sourceLanguage, targetLanguage);
    }

    /** What a set may be called of which one name is given, or none. */
    private static List<String> names(String name) {
        if (name == null) {
            return Stream.concat(TEST.stream(), VALID.stream()).toList();
        }
        return Stream.of(TRAIN, VALID, TEST)
                .filter(names -> names.getFirst().equals(name))
                .findFirst()
                .orElse(List.of(name));
    }

    private static ParallelText required(
            Path folder, List<String> names, String sourceLanguage, String targetLanguage)
            throws IOException {
        Optional<String> found =
                names.stream()
                        .filter(name -> Files.exists(folder.resolve(name + "." + sourceLanguage)))
                        .findFirst();
        if (!Files.exists(folder)) {
            throw new NoSuchFileException(folder.toString());
        }
        if (found.isEmpty()) {
            throw new IOException(
                    "%s has none of %s: name the set (train: --train, --valid; eval: --part), without its language; languages are text.source and text.target of the recipe"
                            .formatted(
                                    folder,
                                    String.join(
                                            ", ",
                                            names.stream()
                                                    .map(name -> name + "." + sourceLanguage)
                                                    .toList())));
        }
        return ParallelText.read(
                folder.resolve(found.get() + "." + sourceLanguage),
                folder.resolve(found.get() + "." + targetLanguage));
    }

    private static ParallelCorpus split(ParallelText all) {
        List<List<String>> sides =
                List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (int k = 0; k < all.size(); k++) {
            boolean chosen = Math.floorMod(mix(all.target().get(k).hashCode()), VALID_SHARE) == 0;
            sides.get(chosen ? 2 : 0).add(all.source().get(k));
            sides.get(chosen ? 3 : 1).add(all.target().get(k));
        }
        return new ParallelCorpus(
                new ParallelText(all.name(), sides.get(0), sides.get(1)),
                new ParallelText(all.name(), sides.get(2), sides.get(3)));
    }

    /** The finaliser of MurmurHash3, since hashes of similar strings are similar. */
    private static int mix(int hash) {
        int h = (hash ^ hash >>> 16) * 0x85EBCA6B;
        h = (h ^ h >>> 13) * 0xC2B2AE35;
        return h ^ h >>> 16;
    }
}
