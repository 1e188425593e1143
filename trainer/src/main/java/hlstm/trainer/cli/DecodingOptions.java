package hlstm.trainer.cli;

import hlstm.runtime.decode.Decoding;
import hlstm.runtime.decode.LanguageFusion;
import hlstm.runtime.decode.NgramModel;
import hlstm.runtime.search.BeamSettings;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say how a network's outputs become text, of all commands that decode. */
final class DecodingOptions {
    private static final int DEFAULT_BEAM = 50;
    private static final double DEFAULT_WEIGHT = 0.5;
    private static final double DEFAULT_BONUS = 1;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--beam",
            paramLabel = "N",
            description =
                    "Search among the N likeliest texts of each moment, 1 to "
                            + Decoding.BeamSearch.MAX_WIDTH
                            + ". By default speech takes the likeliest symbol, or with --lm "
                            + DEFAULT_BEAM
                            + " texts; translation follows 5 and captions 2.")
    private Integer beam;

    @Option(
            names = "--lm",
            paramLabel = "FILE",
            description =
                    "A language model of words in the ARPA format, plain or compressed by gzip, in"
                            + " the case of the model's symbols; 'hlstm lm' makes one.")
    private Path languageModel;

    @Option(
            names = "--lm-weight",
            paramLabel = "A",
            description =
                    "What the log-probability of a word is multiplied by, 0 or more; by default "
                            + DEFAULT_WEIGHT
                            + ".")
    private Double weight;

    @Option(
            names = "--word-bonus",
            paramLabel = "B",
            description =
                    "What each word adds to the score of a text, any number; by default "
                            + DEFAULT_BONUS
                            + ". Higher gives more words.")
    private Double bonus;

    private DecodingOptions() {}

    /**
     * The choice.
     *
     * @throws ParameterException if options do not go together or are out of range
     * @throws IOException if the language model cannot be read
     */
    Decoding decoding() throws IOException {
        if (languageModel == null) {
            if (weight != null || bonus != null) {
                throw new ParameterException(
                        spec.commandLine(),
                        (weight != null ? "--lm-weight" : "--word-bonus")
                                + " needs a language model: give one with --lm FILE");
            }
            return beam == null ? Decoding.greedy() : beam();
        }
        Decoding.BeamSearch search = beam();
        requireRanges();
        return search.with(LanguageFusion.of(NgramModel.read(languageModel), weight(), bonus()));
    }

    /**
     * The choice for a model that writes words, which takes no language model.
     *
     * @param usual the search where none is chosen
     * @throws ParameterException if options do not fit the model or are out of range
     */
    BeamSettings ofWords(BeamSettings usual) {
        if (languageModel != null || weight != null || bonus != null) {
            throw new ParameterException(
                    spec.commandLine(), "--lm, --lm-weight and --word-bonus are for speech alone");
        }
        try {
            int width = beam == null ? usual.width() : beam;
            return new BeamSettings(width, usual.lengthNormalisation());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--beam: " + e.getMessage(), e);
        }
    }

    private Decoding.BeamSearch beam() {
        int width = beam == null ? DEFAULT_BEAM : beam;
        try {
            return Decoding.beam(width);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--beam: " + e.getMessage(), e);
        }
    }

    /** Before a large language model is read in vain. */
    private void requireRanges() {
        if (!(weight() >= 0 && weight() < Double.POSITIVE_INFINITY)) {
            throw new ParameterException(
                    spec.commandLine(), "--lm-weight must be 0 or more, found " + weight());
        }
        if (!Double.isFinite(bonus())) {
            throw new ParameterException(
                    spec.commandLine(), "--word-bonus must be finite, found " + bonus());
        }
    }

    private double weight() {
        return weight == null ? DEFAULT_WEIGHT : weight;
    }

    private double bonus() {
        return bonus == null ? DEFAULT_BONUS : bonus;
    }

    /** The choice in words, so that figures can be made again. */
    @Override
    public String toString() {
        if (languageModel == null) {
            return beam == null ? "greedy" : "beam of " + beam;
        }
        return "beam of %d, language model %s, weight %s, word bonus %s"
                .formatted(beam == null ? DEFAULT_BEAM : beam, languageModel, weight(), bonus());
    }
}
