package hlstm.trainer.scenes;

/**
 * A corpus of pictures of scenes.
 *
 * @param trainImages pictures to learn from
 * @param devImages pictures of other scenes, to choose and stop on
 * @param testImages pictures of other scenes than those of training, to measure on
 * @param captions of each picture to learn from, 1 to {@value #MOST_CAPTIONS}; the others have
 *     {@value #MOST_CAPTIONS}
 * @param seed decides everything random
 */
public record SceneCorpusSpec(
        int trainImages, int devImages, int testImages, int captions, long seed) {
    /** Captions of a picture to measure on, and most of one to learn from. */
    static final int MOST_CAPTIONS = 5;

    /** Checks the sizes. */
    public SceneCorpusSpec {
        if (trainImages < 1 || devImages < 1 || testImages < 1) {
            throw new IllegalArgumentException(
                    "scenes: there must be pictures to learn from, to choose on and to measure on,"
                            + " found %d, %d and %d".formatted(trainImages, devImages, testImages));
        }
        if (captions < 1 || captions > MOST_CAPTIONS) {
            throw new IllegalArgumentException(
                    "scenes: there must be 1 to %d captions, found %d"
                            .formatted(MOST_CAPTIONS, captions));
        }
    }

    /** The corpus of the demonstration, from which a small network learns in a minute or so. */
    public static SceneCorpusSpec demo(long seed) {
        return new SceneCorpusSpec(6_000, 200, 200, 5, seed);
    }
}
