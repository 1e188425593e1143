package hlstm.trainer.captions;

import hlstm.trainer.data.CorpusException;
import it.unimi.dsi.fastutil.objects.Object2IntMap;
import it.unimi.dsi.fastutil.objects.Object2IntOpenHashMap;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * A feature vector for each of some images, which are known by their names without folder and
 * extension. Immutable; may be shared among threads.
 */
public final class ImageFeatures {
    private final List<String> names;
    private final int width;
    private final float[] values;
    private final Object2IntMap<String> rows = new Object2IntOpenHashMap<>();

    /** Rows by the numbers in names of COCO. */
    private final Object2IntMap<String> numbered = new Object2IntOpenHashMap<>();

    /**
     * Takes over the values.
     *
     * @param names of the images
     * @param values their vectors, one after the other
     * @throws IllegalArgumentException if there are no images, the values are not as many vectors
     *     of the same width, two images have the same name, or a value is not finite
     */
    public ImageFeatures(List<String> names, float[] values) {
        this.names = List.copyOf(names);
        this.values = values;
        if (names.isEmpty() || values.length == 0 || values.length % names.size() != 0) {
            throw new IllegalArgumentException(
                    "expected a vector for each image, found %d values for %d images"
                            .formatted(values.length, names.size()));
        }
        width = values.length / names.size();
        rows.defaultReturnValue(-1);
        numbered.defaultReturnValue(-1);
        for (int row = 0; row < names.size(); row++) {
            if (rows.put(ImageNames.key(names.get(row)), row) >= 0) {
                throw new IllegalArgumentException(
                        "expected one vector for each image, found two for " + names.get(row));
            }
            // Of two images with one number neither can be told by it.
            String number = ImageNames.id(names.get(row));
            numbered.put(number, numbered.containsKey(number) ? -1 : row);
        }
        for (int k = 0; k < values.length; k++) {
            if (!Float.isFinite(values[k])) {
                throw new IllegalArgumentException(
                        "expected finite features, found %s as number %d of %s"
                                .formatted(values[k], k % width, names.get(k / width)));
            }
        }
    }

    /** The names of the images, as they were given. */
    public List<String> names() {
        return names;
    }

    /** Number of images. */
    public int size() {
        return names.size();
    }

    /** Length of a vector. */
    public int width() {
        return width;
    }

    /** The row of the image of a name, with or without folder and extension; -1 without one. */
    public int row(String name) {
        return rows.getInt(ImageNames.key(name));
    }

    /**
     * The rows of the images that a list names, in its order.
     *
     * @param list a text file with a name in each line
     * @throws CorpusException if it is no such list, or an image has no features; says which
     */
    public int[] rows(Path list) throws IOException {
        List<String> listed = NameLists.read(list);
        int[] found = new int[listed.size()];
        for (int k = 0; k < found.length; k++) {
            found[k] = row(listed.get(k));
            if (found[k] < 0) {
                throw new CorpusException(
                        "%s: expected names of images with features, found %s without"
                                .formatted(list, listed.get(k)));
            }
        }
        return found;
    }

    /** The row of an image by its name, or else by its number in COCO; -1 without one. */
    int row(CaptionedImage image) {
        int row = row(image.name());
        if (row < 0) {
            row = row(image.id());
        }
        return row >= 0 ? row : numbered.getInt(ImageNames.id(image.name()));
    }

    /** All vectors, one after the other: the array itself. */
    float[] values() {
        return values;
    }

    /** A copy of a vector. */
    public float[] vector(int row) {
        return Arrays.copyOfRange(values, row * width, (row + 1) * width);
    }
}
