package hlstm.trainer.cli;

import hlstm.runtime.Model;
import hlstm.runtime.Translation;
import hlstm.runtime.Translator;
import hlstm.runtime.search.BeamSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hlstm translate}: translates the lines of standard input. */
@Command(
        name = "translate",
        description = {
            "Translate the lines of standard input.",
            "Each line is answered by a line, in order and as they come. Lines are UTF-8,"
                    + " their words between spaces as in the text that the model learnt from;"
                    + " a blank line gives a blank line. A line of more than "
                    + Translator.LONGEST_SOURCE
                    + " tokens is translated in pieces."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  echo 'ein mann schläft .' | hlstm translate model.safetensors",
            "  hlstm translate model.safetensors --beam 1 < text.de > text.en",
            "  hlstm translate model.safetensors --nbest 3 < text.de",
            "  hlstm translate model.safetensors --attention < text.de"
        })
final class TranslateCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "MODEL", description = "The model file.")
    private Path model;

    @Mixin private BeamOptions beam;

    @Option(
            names = "--nbest",
            paramLabel = "N",
            description = {
                "Print up to N translations of each line, as LINE ||| TEXT ||| SCORE |||"
                        + " LOG-PROBABILITY, lines counted from 0; the beam must be as wide."
            })
    private Integer nbest;

    @Option(
            names = "--attention",
            description = "Draw under each translation how it looked at its source.")
    private boolean attention;

    TranslateCommand() {}

    @Override
    public Integer call() throws IOException {
        BeamSettings settings = beam.settings();
        if (nbest != null && (nbest < 1 || nbest > settings.width())) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--nbest must lie in [1, %d], the width of the beam, found %d"
                            .formatted(settings.width(), nbest));
        }
        Translator translator = new Translator(Model.load(model), settings);
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Utf8Lines lines = new Utf8Lines(System.in);
        long number = 0;
        for (String line = lines.next(); line != null; line = lines.next()) {
            if (lines.isDamaged()) {
                err.println(
                        "line %d is not UTF-8: what cannot be read is replaced"
                                .formatted(number + 1));
                err.flush();
            }
            translate(translator, line, number, out);
            if (out.checkError()) { // nobody reads any more; Main tells whether to say so
                break;
            }
            number++;
        }
        return 0;
    }

    private void translate(Translator translator, String line, long number, PrintWriter out) {
        if (nbest == null && !attention) {
            out.println(Printable.of(translator.translate(line)));
            return;
        }
        List<Translation> translations = translator.translations(line);
        if (nbest == null) {
            out.println(translations.isEmpty() ? "" : Printable.of(translations.getFirst().text()));
        } else {
            for (Translation t : translations.subList(0, Math.min(nbest, translations.size()))) {
                out.println(
                        String.format(
                                Locale.ROOT,
                                "%d ||| %s ||| %.4f ||| %.4f",
                                number,
                                Printable.of(t.text()),
                                t.score(),
                                t.logProbability()));
            }
        }
        if (attention && !translations.isEmpty()) {
            out.print(AlignmentDrawing.of(translator.align(line, translations.getFirst())));
        }
    }
}
