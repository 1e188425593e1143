package hlstm.trainer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hlstm.sparse.KernelProviders;
import hlstm.trainer.cli.CommandLines.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
