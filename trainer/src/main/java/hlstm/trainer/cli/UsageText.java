package hlstm.trainer.cli;

import hlstm.trainer.run.NearestName;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in one line what is wrong with a command line. */
final class UsageText {
    private UsageText() {}

    /** One line that a terminal shows as it is, without the command's name. */
    static String of(ParameterException error) {
        return Printable.of(text(error));
    }

    private static String text(ParameterException error) {
        if (error instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            return unmatched(unmatched);
        }
        String path = invalidPath(error);
        if (path != null) {
            return path;
        }
        return error.getMessage();
    }

    /** What is wrong with an argument that cannot be a path; picocli drops the exception. */
    private static String invalidPath(ParameterException error) {
        if (error.getArgSpec() != null
                && error.getArgSpec().type() == Path.class
                && error.getValue() != null) {
            try {
                Path.of(error.getValue());
            } catch (InvalidPathException e) {
                return ErrorText.pathError(e);
            }
        }
        return null;
    }

    private static String unmatched(UnmatchedArgumentException error) {
        CommandLine command = error.getCommandLine();
        String first = error.getUnmatched().getFirst();
        if (error.isUnknownOption()) {
            String name = first.contains("=") ? first.substring(0, first.indexOf('=')) : first;
            return "there is no option '%s'%s"
                    .formatted(name, NearestName.question(name, options(command)));
        }
        Map<String, CommandLine> commands = command.getSubcommands();
        if (!commands.isEmpty() && command.getCommandSpec().positionalParameters().isEmpty()) {
            return "there is no command '%s'%s"
                    .formatted(first, NearestName.question(first, commands.keySet()));
        }
        return "the argument '%s' is one too many".formatted(first);
    }

    private static Collection<String> options(CommandLine command) {
        return command.getCommandSpec().optionsMap().keySet();
    }
}
