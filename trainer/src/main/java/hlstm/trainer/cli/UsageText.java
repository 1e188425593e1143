package hlstm.trainer.cli;

import hlstm.trainer.run.NearestName;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in one line what is wrong with a command line. */
final class UsageText {
    private static final Set<Class<?>> WHOLE =
            Set.of(int.class, Integer.class, long.class, Long.class);

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
        String value = wrongValue(error);
        return value != null ? value : error.getMessage();
    }

    /** A value that is no number or none of a few words; null for other errors. */
    private static String wrongValue(ParameterException error) {
        ArgSpec argument = error.getArgSpec();
        if (argument == null || error.getValue() == null) {
            return null;
        }
        Class<?> type = argument.auxiliaryTypes()[0];
        String expected = null;
        if (type.isEnum()) {
            expected =
                    Arrays.stream(type.getEnumConstants())
                            .map(value -> value.toString().toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(", ", "one of ", ""));
        } else if (WHOLE.contains(type)) {
            expected = "a whole number";
        } else if (type == double.class || type == Double.class) {
            expected = "a number";
        }
        String name =
                argument instanceof OptionSpec option
                        ? option.longestName()
                        : argument.paramLabel();
        return expected == null
                ? null
                : "%s: expected %s, found '%s'".formatted(name, expected, error.getValue());
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
