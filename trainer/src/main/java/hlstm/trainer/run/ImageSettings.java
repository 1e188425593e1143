package hlstm.trainer.run;

/**
 * What becomes of the features of images before training.
 *
 * @param transform of each feature: {@code none}, or {@code log} for probabilities
 * @param normalisation over the images to learn from, after the transform: {@code none}; {@code
 *     centred}, so that every feature has mean 0, and all together deviation 1; or {@code
 *     standard}, so that every feature has mean 0 and deviation 1
 */
public record ImageSettings(String transform, String normalisation) {}
