package hlstm.trainer.cli;

import hlstm.runtime.Model;
import hlstm.runtime.Translation;
import hlstm.runtime.Translator;
import hlstm.runtime.search.BeamSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine;
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
                    + " tokens is translated in pieces, and passed over with --nbest, --attention,"
                    + " --copy-unknown and --json.",
            "Words that the model does not know are told on standard error; it reads them all as"
                    + " one, and may write one as <unk>."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  echo 'ein mann schläft .' | hlstm translate model.safetensors",
            "  hlstm translate model.safetensors --beam 1 < text.de > text.en",
            "  hlstm translate model.safetensors --nbest 3 < text.de",
            "  hlstm translate model.safetensors --attention < text.de",
            "  hlstm translate model.safetensors --json --nbest 3 < text.de > text.jsonl"
        })
final class TranslateCommand implements Callable<Integer> {
    private static final int MOST_THREADS = 1024;

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
            description = {
                "Draw under each translation how it looked at its source: a row for each token that"
                        + " was written, the darker (blank . : + # @) the larger the share of a"
                        + " source token, and a blank line at the end."
            })
    private boolean attention;

    @Option(
            names = "--copy-unknown",
            description =
                    "Write in place of each <unk> the source word that the network looked at most.")
    private boolean copyUnknown;

    @Option(
            names = "--json",
            description =
                    "Print a JSON object a line: its number from 0, source, unknown tokens,"
                            + " translations with tokens and scores, and with --attention the shares"
                            + " of the first one.")
    private boolean json;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "0",
            description =
                    "Lines that are translated at a time; 0, the default, is one for each"
                            + " processor. The translations do not depend on them.")
    private int threads;

    private final Terminal terminal;

    TranslateCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        BeamSettings settings = beam.settings();
        if (nbest != null && (nbest < 1 || nbest > settings.width())) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--nbest must lie in [1, %d], the width of the beam, found %d"
                            .formatted(settings.width(), nbest));
        }
        if (nbest != null && attention && !json) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--attention draws the best translation: leave --nbest out, or add --json");
        }
        if (threads < 0 || threads > MOST_THREADS) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--threads: expected 0 to %d, found %d".formatted(MOST_THREADS, threads));
        }
        Model loaded = Model.load(model);
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        UnknownTokens unknown = new UnknownTokens(err);
        AtomicBoolean complete = new AtomicBoolean(true);
        if (terminal.input()) {
            err.println("Type lines to translate; Ctrl-D, or Ctrl-Z on Windows, ends.");
            err.flush();
        }
        LinesInOrder.run(
                new Utf8Lines(System.in),
                threads == 0 ? Runtime.getRuntime().availableProcessors() : threads,
                () -> {
                    Translator translator = new Translator(loaded, settings);
                    return line -> answer(translator, line);
                },
                answer -> {
                    if (answer.line().damaged()) {
                        err.println(
                                "line %d is not UTF-8: what cannot be read is replaced"
                                        .formatted(answer.line().number() + 1));
                        err.flush();
                    }
                    if (answer.problem() != null) {
                        complete.set(false);
                        err.println(
                                "line %d is passed over: %s"
                                        .formatted(answer.line().number() + 1, answer.problem()));
                        err.flush();
                    }
                    unknown.add(answer.line().number(), answer.unknownTokens());
                    out.print(answer.text());
                    return !out.checkError(); // false: nobody reads any more; Main tells that
                });
        unknown.sum();
        return complete.get() ? 0 : CommandLine.ExitCode.SOFTWARE;
    }

    /**
     * What is printed for a line, ends of lines included.
     *
     * @param unknownTokens of the line
     * @param problem why there is no translation; null if there is one
     */
    private record Answer(LinesInOrder.Line line, String text, int unknownTokens, String problem) {}

    private Answer answer(Translator translator, LinesInOrder.Line line) {
        int unknown = translator.unknownTokens(line.text());
        if (nbest == null && !attention && !copyUnknown && !json) {
            String text = Printable.of(translator.translate(line.text()));
            return new Answer(line, text + System.lineSeparator(), unknown, null);
        }
        try {
            String text = json ? json(translator, line, unknown) : translations(translator, line);
            return new Answer(line, text, unknown, null);
        } catch (IllegalArgumentException e) { // too long for one piece; others still follow
            String instead = nbest == null ? System.lineSeparator() : "";
            return new Answer(
                    line, json ? json(line, e.getMessage()) : instead, unknown, e.getMessage());
        }
    }

    private String json(Translator translator, LinesInOrder.Line line, int unknown) {
        List<Translation> translations = translator.translations(line.text());
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("line", line.number());
        report.put("source", line.text());
        report.put("unknownTokens", unknown);
        List<Map<String, Object>> entries = new ArrayList<>();
        for (Translation t :
                translations.subList(0, Math.min(nbest == null ? 1 : nbest, translations.size()))) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("text", text(translator, line, t));
            entry.put("tokens", t.tokens());
            entry.put("score", t.score());
            entry.put("logProbability", t.logProbability());
            entries.add(entry);
        }
        report.put("translations", entries);
        if (attention && !translations.isEmpty()) {
            report.put("attention", translator.align(line.text(), translations.getFirst()));
        }
        return Json.line(report) + System.lineSeparator();
    }

    private static String json(LinesInOrder.Line line, String problem) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("line", line.number());
        report.put("source", line.text());
        report.put("error", problem);
        return Json.line(report) + System.lineSeparator();
    }

    private String text(Translator translator, LinesInOrder.Line line, Translation translation) {
        return copyUnknown ? translator.copyUnknown(line.text(), translation) : translation.text();
    }

    private String translations(Translator translator, LinesInOrder.Line line) {
        StringBuilder text = new StringBuilder();
        List<Translation> translations = translator.translations(line.text());
        if (nbest == null) {
            text.append(
                            translations.isEmpty()
                                    ? ""
                                    : Printable.of(text(translator, line, translations.getFirst())))
                    .append(System.lineSeparator());
        } else {
            for (Translation t : translations.subList(0, Math.min(nbest, translations.size()))) {
                text.append(
                        String.format(
                                Locale.ROOT,
                                "%d ||| %s ||| %.4f ||| %.4f%n",
                                line.number(),
                                Printable.of(text(translator, line, t)),
                                t.score(),
                                t.logProbability()));
            }
        }
        if (attention && !line.text().isBlank() && !translations.isEmpty()) {
            text.append(AlignmentDrawing.of(translator.align(line.text(), translations.getFirst())))
                    .append(System.lineSeparator());
        }
        return text.toString();
    }
}
