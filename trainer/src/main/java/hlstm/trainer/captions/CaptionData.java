package hlstm.trainer.captions;

import hlstm.trainer.data.CorpusException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A data set of captioned images: those with captions and features, in parts.
 *
 * @param train to learn from
 * @param dev to choose on
 * @param test for a last measurement; may be empty
 * @param report what did not match
 */
public record CaptionData(CaptionSet train, CaptionSet dev, CaptionSet test, MatchReport report) {
    /** The share of the images that is held back for dev where nothing says which: one in ten. */
    private static final int DEV_SHARE = 10;

    /**
     * Reads a data set and matches its files by the names of the images. Lists decide which image
     * belongs where; without them the split in the file of captions does; without that every tenth
     * image by its name is held back for dev.
     *
     * @throws CorpusException if a file is malformed, an image is in two lists, or train or dev
     *     would be empty; says what is missing on either side
     */
    public static CaptionData read(CaptionSources sources) throws IOException {
        List<CaptionedImage> images = CaptionFiles.read(sources.captions());
        ImageFeatures features = FeatureFiles.read(sources.features());
        List<CaptionedImage> matched = new ArrayList<>();
        List<String> withoutFeatures = new ArrayList<>();
        boolean[] used = new boolean[features.size()];
        Set<String> names = byKey(images).keySet();
        for (CaptionedImage image : images) {
            int row = row(image, features, names);
            if (row < 0) {
                withoutFeatures.add(image.name());
            } else {
                matched.add(image);
                used[row] = true;
            }
        }
        List<String> withoutCaptions = new ArrayList<>();
        for (int row = 0; row < used.length; row++) {
            if (!used[row]) {
                withoutCaptions.add(features.names().get(row));
            }
        }
        Map<Part, List<CaptionedImage>> parts = new EnumMap<>(Part.class);
        for (Part part : Part.values()) {
            parts.put(part, new ArrayList<>());
        }
        List<String> listedInVain = new ArrayList<>();
        List<String> inNoPart = new ArrayList<>();
        divide(matched, sources, parts, listedInVain, inNoPart);
        MatchReport report =
                new MatchReport(
                        images.size(),
                        features.size(),
                        withoutFeatures,
                        withoutCaptions,
                        listedInVain,
                        inNoPart);
        for (Part part : List.of(Part.TRAIN, Part.DEV)) {
            if (parts.get(part).isEmpty()) {
                throw new CorpusException(
                        "expected images %s with captions (%s) and features (%s), found none. %s"
                                .formatted(
                                        part == Part.TRAIN ? "to learn from" : "to choose on",
                                        names(sources.captions()),
                                        names(sources.features()),
                                        String.join("; ", report.sentences())));
            }
        }
        return new CaptionData(
                new CaptionSet(parts.get(Part.TRAIN), features),
                new CaptionSet(parts.get(Part.DEV), features),
                new CaptionSet(parts.get(Part.TEST), features),
                report);
    }

    /**
     * The images of a list, to score a model on.
     *
     * @throws CorpusException if a file is malformed, or an image of the list has no captions or no
     *     features
     */
    public static CaptionSet listed(List<Path> captions, List<Path> features, Path list)
            throws IOException {
        Map<String, CaptionedImage> byKey = byKey(CaptionFiles.read(captions));
        ImageFeatures vectors = FeatureFiles.read(features);
        List<CaptionedImage> images = new ArrayList<>();
        for (String name : NameLists.read(list)) {
            CaptionedImage image = byKey.get(ImageNames.key(name));
            if (image == null || row(image, vectors, byKey.keySet()) < 0) {
                throw new CorpusException(
                        "%s: expected images with captions and features, found %s without %s"
                                .formatted(list, name, image == null ? "captions" : "features"));
            }
            images.add(image);
        }
        return new CaptionSet(images, vectors);
    }

    /**
     * The row of an image; -1 without one. A row that was found by the number of the image may bear
     * the name of another one, and is not taken then.
     */
    private static int row(CaptionedImage image, ImageFeatures features, Set<String> names) {
        int row = features.row(image);
        String key = row < 0 ? null : ImageNames.key(features.names().get(row));
        boolean own = ImageNames.key(image.name()).equals(key) || !names.contains(key);
        return own ? row : -1;
    }

    private static Map<String, CaptionedImage> byKey(List<CaptionedImage> images) {
        Map<String, CaptionedImage> byKey = new HashMap<>();
        images.forEach(image -> byKey.put(ImageNames.key(image.name()), image));
        return byKey;
    }

    private static void divide(
            List<CaptionedImage> images,
            CaptionSources sources,
            Map<Part, List<CaptionedImage>> parts,
            List<String> listedInVain,
            List<String> inNoPart)
            throws IOException {
        if (sources.train() != null || sources.dev() != null) {
            byLists(images, sources, parts, listedInVain, inNoPart);
            return;
        }
        if (sources.test() != null) {
            images = withoutTest(images, sources.test(), parts.get(Part.TEST), listedInVain);
        }
        if (images.stream().anyMatch(image -> image.part() != null)) {
            for (CaptionedImage image : images) {
                if (image.part() == null) {
                    inNoPart.add(image.name());
                } else {
                    parts.get(image.part()).add(image);
                }
            }
        } else {
            Map<String, CaptionedImage> sorted = new TreeMap<>();
            images.forEach(image -> sorted.put(image.name(), image));
            int k = 0;
            for (CaptionedImage image : sorted.values()) {
                parts.get(k++ % DEV_SHARE == DEV_SHARE - 1 ? Part.DEV : Part.TRAIN).add(image);
            }
        }
    }

    /** Takes out the images of a list, which is all that is said of the parts. */
    private static List<CaptionedImage> withoutTest(
            List<CaptionedImage> images,
            Path list,
            List<CaptionedImage> test,
            List<String> listedInVain)
            throws IOException {
        Map<String, CaptionedImage> left = new LinkedHashMap<>();
        images.forEach(image -> left.put(ImageNames.key(image.name()), image));
        for (String name : NameLists.read(list)) {
            CaptionedImage image = left.remove(ImageNames.key(name));
            if (image == null) {
                listedInVain.add(name);
            } else {
                test.add(image);
            }
        }
        return List.copyOf(left.values());
    }

    private static void byLists(
            List<CaptionedImage> images,
            CaptionSources sources,
            Map<Part, List<CaptionedImage>> parts,
            List<String> listedInVain,
            List<String> inNoPart)
            throws IOException {
        Map<Part, Path> lists = new LinkedHashMap<>();
        lists.put(Part.TRAIN, sources.train());
        lists.put(Part.DEV, sources.dev());
        lists.put(Part.TEST, sources.test());
        Map<String, CaptionedImage> byKey = byKey(images);
        Map<String, Part> listed = new HashMap<>();
        for (Map.Entry<Part, Path> list : lists.entrySet()) {
            if (list.getValue() == null) {
                if (list.getKey() == Part.TEST) {
                    continue;
                }
                throw new CorpusException(
                        "expected lists of the images to learn from and to choose on, found only %s"
                                .formatted(
                                        sources.train() == null ? sources.dev() : sources.train()));
            }
            for (String name : NameLists.read(list.getValue())) {
                String key = ImageNames.key(name);
                Part before = listed.put(key, list.getKey());
                if (before != null) {
                    throw new CorpusException(
                            "%s: expected each image in one list once, found %s in %s too"
                                    .formatted(list.getValue(), name, lists.get(before)));
                }
                CaptionedImage image = byKey.get(key);
                if (image == null) {
                    listedInVain.add(name);
                } else {
                    parts.get(list.getKey()).add(image);
                }
            }
        }
        for (CaptionedImage image : images) {
            if (!listed.containsKey(ImageNames.key(image.name()))) {
                inNoPart.add(image.name());
            }
        }
    }

    private static String names(List<Path> files) {
        return String.join(", ", files.stream().map(Path::toString).toList());
    }
}
