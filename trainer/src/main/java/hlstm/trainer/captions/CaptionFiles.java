package hlstm.trainer.captions;

import hlstm.trainer.data.CorpusException;
import hlstm.trainer.metrics.ScoredTexts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads captions in the field's formats. */
public final class CaptionFiles {
    private CaptionFiles() {}

    /** Whether a file is named like one with captions. */
    static boolean isCaptions(Path file) {
        String name = file.getFileName().toString();
        // COCO's folder of annotations has files of other kinds too.
        boolean others = name.startsWith("instances_") || name.startsWith("person_keypoints_");
        return name.endsWith(".json") && !others
                || isTokens(name) && !name.endsWith("lemma.token.txt");
    }

    private static boolean isTokens(String name) {
        return name.endsWith("token.txt");
    }

    /** Whether a file is named like one of Flickr8k with captions. */
    public static boolean isTokens(Path file) {
        return isTokens(file.getFileName().toString());
    }

    /**
     * Captions in COCO's format of results with the references of their images, which are known by
     * their names without folder and extension. Images without a result are passed over: such files
     * hold all parts of a data set.
     *
     * @param captions as {@link #read} takes them
     * @throws IOException if a file cannot be read, or an image of the results has no references
     */
    public static ScoredTexts scored(Path captions, Path results) throws IOException {
        Map<String, List<String>> references = new HashMap<>();
        for (CaptionedImage image : read(List.of(captions))) {
            references.put(ImageNames.key(image.name()), image.captions());
            references.putIfAbsent(ImageNames.id(image.name()), image.captions());
        }
        return ScoredTexts.ofResults(references, captions, ImageNames::key, results);
    }

    /**
     * The captioned images of some files, in their order. A file ending in {@code .json} is COCO's
     * or a Karpathy split, one ending in {@code token.txt} of Flickr8k. Where there are COCO's
     * {@code captions_train...json} and {@code captions_val...json}, the first is to learn from and
     * the second to choose on.
     *
     * @throws CorpusException if a file is neither, or two have captions of the same image
     */
    public static List<CaptionedImage> read(List<Path> files) throws IOException {
        List<CaptionedImage> images = new ArrayList<>();
        Set<String> names = new HashSet<>();
        Set<String> ids = new HashSet<>();
        boolean divided = files.stream().anyMatch(file -> cocoPart(file) == Part.TRAIN);
        for (Path file : files) {
            for (CaptionedImage image : read(file, divided ? cocoPart(file) : null)) {
                // Releases of COCO name the same image in different ways.
                boolean first = names.add(ImageNames.key(image.name()));
                if (!ids.add(ImageNames.id(image.name())) || !first) {
                    throw new CorpusException(
                            "%s: expected each image once, found %s again"
                                    .formatted(file, image.name()));
                }
                images.add(image);
            }
        }
        return images;
    }

    /** The part that COCO's names of files speak of; null where they speak of none. */
    private static Part cocoPart(Path file) {
        String name = file.getFileName().toString();
        if (name.startsWith("captions_train")) {
            return Part.TRAIN;
        }
        return name.startsWith("captions_val") ? Part.DEV : null;
    }

    private static List<CaptionedImage> read(Path file, Part part) throws IOException {
        String name = file.getFileName().toString();
        if (isTokens(name)) {
            return TokenFile.read(file);
        }
        if (name.endsWith(".json")) {
            return CaptionJson.read(file, part);
        }
        throw new CorpusException(
                file
                        + ": expected captions in a file ending in .json (COCO's, or a Karpathy"
                        + " split) or in token.txt (Flickr8k's)");
    }
}
