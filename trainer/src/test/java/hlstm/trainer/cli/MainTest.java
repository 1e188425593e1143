package hlstm.trainer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hlstm.sparse.KernelProviders;
import hlstm.trainer.cli.CommandLines.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class MainTest {
    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandHasHelpWithExamples(List<String> command) {
        List<String> arguments = new ArrayList<>(command);
        arguments.add("--help");

        Outcome outcome = CommandLines.run(arguments.toArray(String[]::new));

        assertEquals(0, outcome.code(), outcome.errors());
        assertTrue(outcome.output().contains("Examples:"), outcome.output());
        assertTrue(
                outcome.output().contains("  hlstm " + String.join(" ", command)),
                outcome.output());
        assertEquals("", outcome.errors());
    }

    static Stream<List<String>> commands() {
        return leaves(List.of(), Main.commandLine(Terminal.NONE));
    }

    private static Stream<List<String>> leaves(List<String> path, CommandLine line) {
        Stream<List<String>> below =
                line.getSubcommands().entrySet().stream()
                        .flatMap(
                                entry -> {
                                    List<String> next = new ArrayList<>(path);
                                    next.add(entry.getKey());
                                    return leaves(next, entry.getValue());
                                });
        return line.getSubcommands().isEmpty() ? Stream.of(path) : below;
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "provider", "providers --jso", "providers extra"})
    void aCommandLineThatIsNotUnderstoodEndsWithCode2(String arguments) {
        Outcome outcome =
                CommandLines.run(arguments.isEmpty() ? new String[0] : arguments.split(" "));

        assertEquals(2, outcome.code());
        assertEquals("", outcome.output());
        assertTrue(outcome.errors().startsWith("hlstm"), outcome.errors());
        assertTrue(outcome.errors().contains("--help"), outcome.errors());
        assertFalse(outcome.errors().contains("\tat "), outcome.errors());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "inspct       | hlstm: there is no command 'inspct': did you mean 'inspect'?",
                "foo          | hlstm: there is no command 'foo'",
                "score --metric chrf a b | hlstm score: --metric: expected one of cider, bleu, rouge, wer, cer, sacrebleu, found 'chrf'",
                "translate m --length-norm x | hlstm translate: --length-norm: expected a number, found 'x'",
                "eval m --threads 1.5 | hlstm eval: --threads: expected a whole number, found '1.5'",
                "train speec  | hlstm train: there is no command 'speec': did you mean 'speech'?",
                "providers --jso   | hlstm providers: there is no option '--jso': did you mean '--json'?",
                "providers --jso=1 | hlstm providers: there is no option '--jso': did you mean '--json'?",
                "providers --wide  | hlstm providers: there is no option '--wide'",
                "providers extra   | hlstm providers: the argument 'extra' is one too many"
            })
    void whatWasNotUnderstoodIsNamedWithWhatWasMeant(String arguments, String expected) {
        Outcome outcome = CommandLines.run(arguments.split(" "));

        List<String> lines = outcome.errors().lines().toList();
        assertEquals(expected, lines.getFirst());
        assertEquals(2, lines.size(), outcome.errors());
        assertTrue(lines.getLast().matches("Try 'hlstm.* --help'\\."), outcome.errors());
    }

    @Test
    void namesThatNoFileCanHaveAreNamed() {
        Outcome outcome = CommandLines.run("inspect", "a\0b");

        assertEquals(2, outcome.code());
        assertTrue(
                outcome.errors()
                        .startsWith("hlstm inspect: 'a\\u0000b' cannot be the name of a file: "),
                outcome.errors());
    }

    /** A file may be called {@code @name}: it is an argument, and not a file of arguments. */
    @Test
    void argumentsThatBeginWithAnAtAreNotExpanded(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("arguments"), "--help");

        Outcome outcome = CommandLines.run("inspect", "@" + file);

        assertEquals(1, outcome.code(), outcome.output());
        assertTrue(outcome.errors().contains("@" + file), outcome.errors());
    }

    /** Lists of commands show the first part of a description: a sentence, in one line. */
    @Test
    void theFirstPartOfADescriptionIsASentenceThatFits() {
        assertDescribed(Main.commandLine(Terminal.NONE));
    }

    private static void assertDescribed(CommandLine line) {
        String[] description = line.getCommandSpec().usageMessage().description();
        String name = line.getCommandSpec().qualifiedName();
        assertTrue(description.length > 0, name);
        assertTrue(description[0].length() <= 64, name + ": " + description[0]);
        for (String part : description) {
            assertTrue(part.matches("(?s)\\p{L}.*\\."), name + ": " + part);
        }
        line.getSubcommands().values().forEach(MainTest::assertDescribed);
    }

    @Test
    void versionNamesTheProgramAndJava() {
        Outcome outcome = CommandLines.run("--version");

        assertEquals(0, outcome.code());
        assertTrue(outcome.output().matches("hlstm \\S+ \\(Java .*\\)\\R"), outcome.output());
    }

    @Test
    void providersAsJsonIsTheReport() throws Exception {
        Outcome outcome = CommandLines.run("providers", "--json");

        JsonNode json = new ObjectMapper().readTree(outcome.output());
        assertEquals(KernelProviders.get().report().provider(), json.get("provider").textValue());
        assertEquals(
                KernelProviders.get().report().vectorBits(), json.get("vectorBits").intValue());
    }
}
