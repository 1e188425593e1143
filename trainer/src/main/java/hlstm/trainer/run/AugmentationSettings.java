package hlstm.trainer.run;

/**
 * How training utterances are varied, anew in each epoch.
 *
 * @param tempo largest change of speed, as a share: 0.1 draws factors from 0.9 to 1.1
 * @param frequencyMasks bands of features that are zeroed
 * @param frequencyMaskShare widest band, as a share of all features
 * @param timeMasks stretches of frames that are zeroed
 * @param timeMaskShare longest stretch, as a share of the utterance
 * @param shift whether an utterance that is stacked may start at any frame of the first stack
 */
public record AugmentationSettings(
        double tempo,
        int frequencyMasks,
        double frequencyMaskShare,
        int timeMasks,
        double timeMaskShare,
        boolean shift) {
    /** Checks the ranges. */
    public AugmentationSettings {
        Check.share("tempo", tempo);
        Check.atLeast("frequencyMasks", frequencyMasks, 0);
        Check.share("frequencyMaskShare", frequencyMaskShare);
        Check.atLeast("timeMasks", timeMasks, 0);
        Check.share("timeMaskShare", timeMaskShare);
    }
}
