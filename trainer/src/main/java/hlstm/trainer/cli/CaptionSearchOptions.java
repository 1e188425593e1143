package hlstm.trainer.cli;

import hlstm.runtime.Captioner;
import hlstm.runtime.search.BeamSettings;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say how captions are searched for, of all commands that write them. */
final class CaptionSearchOptions {
    private static final int MOST_WORDS = 1000;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--beam",
            paramLabel = "N",
            description =
                    "Captions that are followed at a time; 1 takes the likeliest word each time."
                            + " Default: ${DEFAULT-VALUE}.")
    private int beam = Captioner.DEFAULT_BEAM;

    @Option(
            names = "--max-words",
            paramLabel = "N",
            description = "Most words of a caption. Default: ${DEFAULT-VALUE}.")
    private int mostWords = Captioner.DEFAULT_LENGTH;

    private CaptionSearchOptions() {}

    /**
     * The beam.
     *
     * @throws ParameterException if it is out of range
     */
    BeamSettings beam() {
        try {
            return new BeamSettings(beam, 0);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--beam: " + e.getMessage(), e);
        }
    }

    /**
     * Most words of a caption.
     *
     * @throws ParameterException if it is out of range
     */
    int mostWords() {
        if (mostWords < 1 || mostWords > MOST_WORDS) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--max-words must lie in [1, %d], found %d".formatted(MOST_WORDS, mostWords));
        }
        return mostWords;
    }
}
