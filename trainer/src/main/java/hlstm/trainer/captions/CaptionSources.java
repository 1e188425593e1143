package hlstm.trainer.captions;

import hlstm.trainer.data.CorpusException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The files of a data set of captioned images.
 *
 * @param captions as {@link CaptionFiles} reads them
 * @param features as {@link FeatureFiles} reads them
 * @param train the list of images to learn from; null where the captions say which
 * @param dev the list of images to choose on; null where the captions say which
 * @param test the list of images kept for a last measurement; null where the captions say which, or
 *     there are none
 */
public record CaptionSources(
        List<Path> captions, List<Path> features, Path train, Path dev, Path test) {
    /** Copies the lists. */
    public CaptionSources {
        captions = List.copyOf(captions);
        features = List.copyOf(features);
    }

    /**
     * Finds the files in a folder by their names: captions end in {@code .json} or {@code
     * token.txt}, features in {@code .npz}, {@code .npy} or {@code .safetensors}, lists in {@code
     * train.txt}, {@code dev.txt} and {@code test.txt}, or as Flickr8k's own in {@code
     * trainImages.txt} and so on. Names that begin with a dot and Flickr8k's captions of lemmas are
     * passed over. What is given is taken instead.
     *
     * @param folder where to look; null if all is given
     * @param captions given files, or none
     * @param features given files, or none
     * @param train the given list, or null
     * @param dev the given list, or null
     * @throws CorpusException if captions or features are missing, or a list is there twice
     */
    public static CaptionSources find(
            Path folder, List<Path> captions, List<Path> features, Path train, Path dev)
            throws IOException {
        List<Path> files = folder == null ? List.of() : files(folder);
        return new CaptionSources(
                captions.isEmpty()
                        ? some(
                                files,
                                CaptionFiles::isCaptions,
                                folder,
                                "captions (*.json, *token.txt)",
                                "--captions")
                        : captions,
                features.isEmpty()
                        ? some(
                                files,
                                FeatureFiles::isFeatures,
                                folder,
                                "features of images (*.npz, *.npy, *.safetensors)",
                                "--features")
                        : features,
                train == null ? list(files, "train", folder, "--train") : train,
                dev == null ? list(files, "dev", folder, "--dev") : dev,
                list(files, "test", folder, null));
    }

    private static List<Path> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new CorpusException(
                    folder + ": expected a folder with captions and features, found none");
        }
        try (Stream<Path> files = Files.list(folder)) {
            // Such as the ._token.txt that macOS packs beside a file.
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    private static List<Path> some(
            List<Path> files, Predicate<Path> wanted, Path folder, String what, String option)
            throws CorpusException {
        List<Path> found = files.stream().filter(wanted).toList();
        if (found.isEmpty()) {
            throw new CorpusException(
                    "%s: expected %s, found no such file; put one there, or name it with %s"
                            .formatted(
                                    folder == null ? "no folder of data is given" : folder,
                                    what,
                                    option));
        }
        return found;
    }

    private static Path list(List<Path> files, String part, Path folder, String option)
            throws CorpusException {
        List<Path> found = new ArrayList<>();
        for (Path file : files) {
            String name = file.getFileName().toString();
            boolean named = name.endsWith(part + ".txt") || name.endsWith(part + "Images.txt");
            if (named && !isNamesOfFeatures(file, files)) {
                found.add(file);
            }
        }
        if (found.size() > 1) {
            throw new CorpusException(
                    "%s: expected one list of %s images, found %s%s"
                            .formatted(
                                    folder,
                                    part,
                                    found.stream().map(Path::getFileName).toList(),
                                    option == null ? "" : "; choose one with " + option));
        }
        return found.isEmpty() ? null : found.getFirst();
    }

    /** Whether a text file holds the names of the rows of a file of features beside it. */
    private static boolean isNamesOfFeatures(Path file, List<Path> files) {
        return files.stream()
                .filter(FeatureFiles::isFeatures)
                .anyMatch(features -> FeatureFiles.namesOf(features).equals(file));
    }
}
