package hlstm.trainer.cli;

import hlstm.trainer.data.An4Corpus;
import hlstm.trainer.data.Utterance;
import hlstm.trainer.language.WittenBellEstimator;
import hlstm.trainer.run.AtomicFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code hlstm lm}: a language model from text. */
@Command(
        name = "lm",
        description = {
            "Estimate a language model of words from text.",
            "It is for --lm of transcribe and eval: an n-gram model with Witten-Bell smoothing, in"
                    + " the ARPA format. Words are taken as they are written: write them in the"
                    + " case of the recogniser's symbols."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  hlstm lm --data an4 --order 2 --out words.arpa",
            "  hlstm lm --text sentences.txt --order 3 --out words.arpa",
            "  hlstm eval model.safetensors --data an4 --lm words.arpa"
        })
final class LanguageModelCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @ArgGroup(multiplicity = "1")
    private Source source;

    @Option(
            names = "--order",
            paramLabel = "N",
            defaultValue = "2",
            description =
                    "The longest n-grams, 1 to "
                            + WittenBellEstimator.MAX_ORDER
                            + " words; by default ${DEFAULT-VALUE}.")
    private int order;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE",
            description = "The language model; a file of that name is replaced.")
    private Path out;

    private static final class Source {
        @Option(
                names = "--text",
                required = true,
                paramLabel = "FILE",
                description = "Text in UTF-8, a sentence on each line.")
        private Path text;

        @Option(
                names = "--data",
                required = true,
                paramLabel = "DIR",
                description =
                        "Speech in AN4's layout: the transcripts that 'hlstm train speech' trains"
                                + " on, and no others.")
        private Path data;
    }

    LanguageModelCommand() {}

    @Override
    public Integer call() throws IOException {
        WittenBellEstimator estimator = estimator();
        if (source.text != null) {
            addText(estimator);
        } else {
            for (Utterance utterance : An4Corpus.open(source.data).split().train().utterances()) {
                estimator.add(utterance.transcript());
            }
        }
        if (estimator.sentences() == 0) {
            throw new IOException(
                    "%s: expected sentences, found none"
                            .formatted(source.text != null ? source.text : source.data));
        }
        AtomicFile.writeString(out, estimator.toArpa());
        spec.commandLine()
                .getOut()
                .println(
                        Printable.of(
                                "%s: %s words in %s sentences, %d-grams"
                                        .formatted(
                                                out,
                                                Figures.count(estimator.words()),
                                                Figures.count(estimator.sentences()),
                                                order)));
        return 0;
    }

    private WittenBellEstimator estimator() {
        try {
            return new WittenBellEstimator(order);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--order: " + e.getMessage(), e);
        }
    }

    private void addText(WittenBellEstimator estimator) throws IOException {
        long number = 0;
        try (BufferedReader lines = Files.newBufferedReader(source.text)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                estimator.add(line);
            }
        } catch (CharacterCodingException e) {
            throw new IOException(
                    "%s: expected text in UTF-8, found other bytes after line %d"
                            .formatted(source.text, number),
                    e);
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    "%s, line %d: %s".formatted(source.text, number, e.getMessage()), e);
        }
    }
}
