package hlstm.trainer.captions;

import java.util.ArrayList;
import java.util.List;

/** Captioned images with a feature vector each. Immutable; may be shared among threads. */
public final class CaptionSet {
    private final List<CaptionedImage> images;
    private final ImageFeatures features;
    private final int[] rows;

    /**
     * Images that all have features.
     *
     * @throws IllegalArgumentException if one has none
     */
    public CaptionSet(List<CaptionedImage> images, ImageFeatures features) {
        this.images = List.copyOf(images);
        this.features = features;
        rows = this.images.stream().mapToInt(features::row).toArray();
        for (int k = 0; k < rows.length; k++) {
            if (rows[k] < 0) {
                throw new IllegalArgumentException(
                        "%s has no features".formatted(this.images.get(k).name()));
            }
        }
    }

    /** The images in a fixed order. */
    public List<CaptionedImage> images() {
        return images;
    }

    /** Number of images. */
    public int size() {
        return images.size();
    }

    /** Length of a feature vector. */
    public int featureWidth() {
        return features.width();
    }

    /** A copy of the features of an image, counted from 0. */
    public float[] features(int image) {
        return features.vector(rows[image]);
    }

    /** All captions of all images. */
    public List<String> captions() {
        List<String> captions = new ArrayList<>();
        images.forEach(image -> captions.addAll(image.captions()));
        return captions;
    }
}
