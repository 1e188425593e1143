package hlstm.trainer.run;

import hlstm.runtime.CaptioningTask.FeatureTransform;
import hlstm.trainer.captions.CaptionSet;

/**
 * Transforms and normalises features of images by those to learn from.
 *
 * @param transform of each feature
 * @param shift what is subtracted from each transformed feature
 * @param scale what the difference is multiplied by
 */
record ImageNormalisation(FeatureTransform transform, float[] shift, float[] scale) {
    /**
     * Takes mean and deviation of the images of a set. What never varies is left at scale 1.
     *
     * @throws IllegalArgumentException if a feature has no transformed value
     */
    static ImageNormalisation of(ImageSettings settings, CaptionSet images) {
        FeatureTransform transform = FeatureTransform.of(settings.transform());
        int width = images.featureWidth();
        double[] sums = new double[width];
        double[] squares = new double[width];
        for (int image = 0; image < images.size(); image++) {
            float[] features = transformed(transform, images, image);
            for (int k = 0; k < width; k++) {
                sums[k] += features[k];
            }
        }
        for (int image = 0; image < images.size(); image++) {
            float[] features = transformed(transform, images, image);
            for (int k = 0; k < width; k++) {
                double difference = features[k] - sums[k] / images.size();
                squares[k] += difference * difference;
            }
        }
        float[] shift = new float[width];
        float[] scale = new float[width];
        double all = 0;
        for (double square : squares) {
            all += square / width / images.size();
        }
        for (int k = 0; k < width; k++) {
            double variance =
                    switch (settings.normalisation()) {
                        case "centred" -> all;
                        case "standard" -> squares[k] / images.size();
                        default -> 1;
                    };
            boolean moved = !settings.normalisation().equals("none");
            shift[k] = moved ? (float) (sums[k] / images.size()) : 0;
            scale[k] = variance > 0 ? (float) (1 / Math.sqrt(variance)) : 1;
        }
        return new ImageNormalisation(transform, shift, scale);
    }

    private static float[] transformed(FeatureTransform transform, CaptionSet images, int image) {
        float[] features = images.features(image);
        for (int k = 0; k < features.length; k++) {
            float value = transform.apply(features[k]);
            if (!Float.isFinite(value)) {
                throw new IllegalArgumentException(
                        "images.transform %s: expected features that are not negative, found %s as number %d of %s"
                                .formatted(
                                        transform.label(),
                                        features[k],
                                        k,
                                        images.images().get(image).name()));
            }
            features[k] = value;
        }
        return features;
    }

    /** The features of an image as the network takes them. */
    float[] apply(CaptionSet images, int image) {
        float[] features = transformed(transform, images, image);
        for (int k = 0; k < features.length; k++) {
            features[k] = (features[k] - shift[k]) * scale[k];
        }
        return features;
    }
}
