package hlstm.trainer.cli;

import hlstm.runtime.Translator;
import hlstm.runtime.search.BeamSettings;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The options of a search for translations. */
final class BeamOptions {
    @Spec(Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--beam",
            paramLabel = "N",
            description =
                    "Hypotheses that translation follows at a time; 1 is greedy and fastest."
                            + " Default: 5.")
    private Integer width;

    @Option(
            names = "--length-norm",
            paramLabel = "A",
            description =
                    "Translations are ranked by their log-probability over their length to this"
                            + " power: 0 prefers short ones. Default: 1.")
    private Double normalisation;

    BeamOptions() {}

    /** Whether anything was chosen. */
    boolean chosen() {
        return width != null || normalisation != null;
    }

    /**
     * What was chosen.
     *
     * @throws ParameterException if it may not be
     */
    BeamSettings settings() {
        BeamSettings usual = Translator.DEFAULT_BEAM;
        try {
            return new BeamSettings(
                    width == null ? usual.width() : width,
                    normalisation == null ? usual.lengthNormalisation() : normalisation);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
