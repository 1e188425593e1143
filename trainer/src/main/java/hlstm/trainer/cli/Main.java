package hlstm.trainer.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Locale;
import java.util.ServiceLoader;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The {@code hlstm} command: parses the command line and runs a subcommand. */
@Command(
        name = "hlstm",
        description = "Compact, fast and accurate LSTMs: train, inspect and run them.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = VersionText.class,
        usageHelpAutoWidth = true,
        sortOptions = false,
        optionListHeading = "%nOptions:%n",
        parameterListHeading = "%n",
        commandListHeading = "%nCommands:%n",
        synopsisHeading = "Usage: ",
        descriptionHeading = "%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:failed; the reason is on standard error",
            "2:the command line was not understood"
        })
public final class Main implements Runnable {
    @Spec private CommandSpec spec;

    @Option(
            names = "--debug",
            scope = ScopeType.INHERIT,
            description = "Log more, and show the stack trace of an error.")
    private boolean debug;

    private Main() {}

    /** Runs the command line and ends the process with its exit code. */
    public static void main(String[] args) {
        // Figures look the same everywhere; programs read them too.
        Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
        // Plots are drawn into files: a display that cannot be reached is no obstacle.
        System.setProperty("java.awt.headless", "true");
        CommandLine line = commandLine(Terminal.detect());
        int code = line.execute(args);
        line.getOut().flush();
        if (code == CommandLine.ExitCode.OK
                && System.out.checkError()
                && !StandardOutput.isReadByAnotherProgram()) {
            line.getErr().println("hlstm: standard output could not be written in full");
            code = CommandLine.ExitCode.SOFTWARE;
        }
        line.getErr().flush();
        System.exit(code);
    }

    /** The command line with all its subcommands. */
    static CommandLine commandLine(Terminal terminal) {
        Main root = new Main();
        CommandLine line = new CommandLine(root);
        line.addSubcommand(
                        new CommandLine(new DemoCommand(terminal))
                                .addSubcommand(new TranslationDemoCommand(terminal))
                                .addSubcommand(new CaptionDemoCommand(terminal)))
                .addSubcommand(
                        new CommandLine(new TrainCommand())
                                .addSubcommand(new TrainSpeechCommand(terminal))
                                .addSubcommand(new TrainTranslationCommand(terminal))
                                .addSubcommand(new TrainCaptioningCommand(terminal)))
                .addSubcommand(new RecipesCommand())
                .addSubcommand(new EvalCommand(terminal))
                .addSubcommand(new ScoreCommand())
                .addSubcommand(new TranscribeCommand(terminal))
                .addSubcommand(new TranslateCommand(terminal))
                .addSubcommand(new CaptionCommand())
                .addSubcommand(new LanguageModelCommand())
                .addSubcommand(new InspectCommand())
                .addSubcommand(new ProvidersCommand())
                .addSubcommand(new ReportCommand());
        for (ExtraCommand extra : ServiceLoader.load(ExtraCommand.class)) {
            line.addSubcommand(extra);
        }
        line.setColorScheme(terminal.helpColours());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExpandAtFiles(false); // a file may be called @name
        line.setExecutionStrategy(
                parsed -> {
                    Logging.configure(root.debug);
                    try {
                        return new CommandLine.RunLast().execute(parsed);
                    } catch (OutOfMemoryError
                            | StackOverflowError e) { // the parser hands on exceptions alone
                        report(innermost(parsed), e, root.debug);
                        return CommandLine.ExitCode.SOFTWARE;
                    }
                });
        line.setParameterExceptionHandler((error, arguments) -> usageError(error, root.debug));
        line.setExecutionExceptionHandler(
                (error, command, parsed) -> {
                    report(command, error, root.debug);
                    return CommandLine.ExitCode.SOFTWARE;
                });
        return line;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }

    private static int usageError(ParameterException error, boolean debug) {
        CommandLine command = error.getCommandLine();
        PrintWriter err = command.getErr();
        String name = command.getCommandSpec().qualifiedName();
        err.println(name + ": " + UsageText.of(error));
        err.println("Try '" + name + " --help'.");
        if (debug) {
            err.print(trace(error));
        }
        err.flush();
        return CommandLine.ExitCode.USAGE;
    }

    private static String trace(Throwable error) {
        StringWriter trace = new StringWriter();
        error.printStackTrace(new PrintWriter(trace, true));
        return Printable.lines(trace.toString());
    }

    private static CommandLine innermost(ParseResult parsed) {
        return parsed.asCommandLineList().getLast();
    }

    private static void report(CommandLine command, Throwable error, boolean debug) {
        PrintWriter err = command.getErr();
        command.getOut().flush();
        err.println(
                "%s: %s".formatted(command.getCommandSpec().qualifiedName(), ErrorText.of(error)));
        if (debug) {
            err.print(trace(error));
        }
        err.flush();
    }
}
