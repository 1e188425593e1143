package hlstm.runtime.search;

/**
 * How a beam search goes.
 *
 * @param width hypotheses that are followed at a time, and most results; 1 is greedy
 * @param lengthNormalisation results are ranked by their log-probability over their length, the end
 *     included, to this power: 0 by probability, 1 by the mean over their symbols
 */
public record BeamSettings(int width, double lengthNormalisation) {
    /** Widest beam. */
    public static final int MAX_WIDTH = 4096;

    /** The most probable symbol at each step. */
    public static final BeamSettings GREEDY = new BeamSettings(1, 0);

    /** Checks both. */
    public BeamSettings {
        if (width < 1 || width > MAX_WIDTH) {
            throw new IllegalArgumentException(
                    "a beam must be 1 to %d wide, found %d".formatted(MAX_WIDTH, width));
        }
        if (!(lengthNormalisation >= 0 && lengthNormalisation <= 2)) {
            throw new IllegalArgumentException(
                    "length normalisation must lie in [0, 2], found " + lengthNormalisation);
        }
    }
}
