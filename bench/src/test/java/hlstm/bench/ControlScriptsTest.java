package hlstm.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hlstm.trainer.run.Recipe;
import hlstm.trainer.run.Recipes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The scripts that train controls, with a stand-in for the launcher that notes its arguments. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the scripts are POSIX shell scripts")
class ControlScriptsTest {
    @TempDir private Path folder;
    private Path launcher;
    private Path calls;
    private Path out;
    private String status = "1";

    @BeforeEach
    void standIn() throws IOException {
        launcher = folder.resolve("a launcher");
        calls = folder.resolve("calls");
        out = folder.resolve("runs of mine");
        Files.writeString(
                launcher,
                """
                #!/bin/sh
                for argument; do printf '%s\\n' "$argument"; done >>"$CALLS"
                echo >>"$CALLS"
                while [ "$1" != --out ]; do shift; done
                case $2 in $FAILING) exit $STATUS ;; esac
                mkdir -p "$2" && touch "$2/recipe.json" "$2/report.html"
                """);
        assertTrue(launcher.toFile().setExecutable(true));
    }

    private int run(String script, String failing, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("sh", Path.of(script).toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("output").toFile());
        Map<String, String> environment = builder.environment();
        environment.put("HLSTM", launcher.toString());
        environment.put("CALLS", calls.toString());
        environment.put("FAILING", failing);
        environment.put("STATUS", status);
        Process process = builder.start();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), "the script does not end");
        return process.exitValue();
    }

    private List<List<String>> calls() throws IOException {
        List<List<String>> calls = new ArrayList<>();
        for (String call : Files.readString(this.calls).split("\n\n")) {
            calls.add(call.lines().toList());
        }
        return calls;
    }

    private static String after(String option, List<String> call) {
        return call.get(call.indexOf(option) + 1);
    }

    /** The recipe that a call would train. */
    private static Recipe recipe(List<String> call) {
        List<String> settings = new ArrayList<>();
        settings.add("seed=" + after("--seed", call));
        if (call.contains("--teacher")) {
            settings.add("distillation.weight=0.5");
        }
        for (int k = 0; k < call.size(); k++) {
            if (call.get(k).equals("--set")) {
                settings.add(call.get(k + 1));
            }
        }
        return Recipes.named(after("--recipe", call)).with(settings);
    }

    /** Every control is a recipe that a run would take, of as many epochs as the others. */
    @ParameterizedTest
    @CsvSource({"speech-controls, speech, 11, 48", "caption-controls, captioning, 22, 12"})
    void controlsAreDifferentRecipesOfOneBudget(String script, String task, int count, int epochs)
            throws Exception {
        assertEquals(
                0,
                run(script, "none", "the data", out.toString(), "1", "5", "--", "--threads", "1"));

        Set<Map<String, String>> recipes = new HashSet<>();
        for (List<String> call : calls()) {
            assertEquals(List.of("train", task), call.subList(0, 2));
            assertEquals("the data", after("--data", call));
            assertEquals("1", after("--threads", call));
            assertFalse(call.contains("--resume"));
            Recipe recipe = recipe(call);
            boolean isLong = after("--out", call).contains("-long-");
            assertEquals(isLong ? 2 * epochs : epochs, recipe.training().epochs(), call.toString());
            assertEquals(List.of(), recipe.warnings(), call.toString());
            assertTrue(recipes.add(recipe.settings()), "twice: " + call);
        }
        assertEquals(2 * count, recipes.size());
    }

    /** Variants keep to the controls' budget but for those that train longer. */
    @Test
    void variantsAreDifferentRecipes() throws Exception {
        assertEquals(0, run("speech-variants", "none", "data", out.toString(), "1"));
        Set<Map<String, String>> recipes = new HashSet<>();
        for (List<String> call : calls()) {
            Recipe recipe = recipe(call);
            String run = after("--out", call);
            int times = run.endsWith("-long-1") ? 2 : run.endsWith("-longer-1") ? 4 : 1;
            assertEquals(times * 48, recipe.training().epochs(), call.toString());
            assertEquals(List.of(), recipe.warnings(), call.toString());
            boolean isTaught = after("--out", call).endsWith("-taught-1");
            assertEquals(isTaught, call.contains("--teacher"), call.toString());
            if (isTaught) {
                assertEquals(
                        out.resolve("dense-hlstm-1/model.safetensors").toString(),
                        after("--teacher", call));
            }
            assertTrue(recipes.add(recipe.settings()), "twice: " + call);
        }
        assertEquals(21, recipes.size());
    }

    @Test
    void whatIsFinishedIsLeftAloneAndTheRestGoesOn() throws Exception {
        Path finished = Files.createDirectories(out.resolve("dense-lstm-1"));
        Files.createFile(finished.resolve("recipe.json"));
        Files.createFile(finished.resolve("report.html"));
        Path begun = Files.createDirectories(out.resolve("dense-hlstm-1"));
        Files.createFile(begun.resolve("recipe.json"));

        assertEquals(1, run("speech-controls", "*-random-*", "data", out.toString(), "1"));

        List<List<String>> calls = calls();
        assertEquals(10, calls.size());
        assertEquals(begun.toString(), after("--out", calls.getFirst()));
        assertEquals("--resume", calls.getFirst().getLast());
        assertTrue(
                Files.readString(folder.resolve("output"))
                        .contains("gp-random-banked8, seed 1: failed"));
    }

    /** As the shell tells of Ctrl-C. */
    @Test
    void whatASignalEndedIsTheLast() throws Exception {
        status = "130";
        assertEquals(130, run("speech-controls", "*-hlstm-1", "data", out.toString(), "1", "2"));
        assertEquals(2, calls().size());
    }

    @ParameterizedTest
    @CsvSource({
        "speech-controls, ''",
        "speech-variants, ''",
        "caption-controls, ''",
        "caption-controls, --"
    })
    void withoutSeedsTheyExplainThemselves(String script, String more) throws Exception {
        assertEquals(
                2,
                run(
                        script,
                        "none",
                        Stream.concat(
                                        Stream.of("data", out.toString()),
                                        Stream.of(more).filter(word -> !word.isEmpty()))
                                .toArray(String[]::new)));
        String output = Files.readString(folder.resolve("output"));
        assertTrue(output.contains("bench/" + script + " DATA OUT SEED..."), output);
        assertFalse(output.contains("#"), output);
    }
}
