package hlstm.trainer.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hlstm.runtime.Model;
import hlstm.trainer.cli.CommandLines.Outcome;
import hlstm.trainer.data.An4Writer;
import hlstm.trainer.run.Recipes;
import hlstm.trainer.run.RunFolder;
import hlstm.trainer.run.SpeechRecipe;
import hlstm.trainer.synth.DigitCorpus;
import hlstm.trainer.synth.DigitCorpusSpec;
import java.io.Closeable;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands that train: demo, train speech, report. */
class TrainingCommandsTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final DigitCorpusSpec CORPUS =
            new DigitCorpusSpec(16_000, 24, 6, 4, 2, 2, 30, 40, 1);
    private static final List<String> SMALL =
            List.of("training.epochs=2", "network.width=8", "training.batchSize=8");

    /** Clears a terminal. */
    private static final String HOSTILE = "\u001b[2J";

    @TempDir private Path folder;

    @Test
    void theDemonstrationMeasuresTheModelsItWrites() throws IOException {
        Path out = folder.resolve("demo");
        SpeechRecipe lstm =
                Recipes.require(SpeechRecipe.class, Recipes.named("demo-lstm")).with(SMALL);
        SpeechRecipe wide = lstm.with(List.of("network.width=16"));
        Demo.Plan plan =
                new Demo.Plan(
                        CORPUS,
                        List.of(
                                new Demo.Entry("narrow", "narrow", lstm),
                                new Demo.Entry("wide", "wide", wide)),
                        Duration.ofMillis(100));
        StringWriter messages = new StringWriter();

        Demo.Result result = new Demo(plan, out, Terminal.NONE, new PrintWriter(messages)).run();

        assertEquals(2, result.rows().size());
        for (Demo.Row row : result.rows()) {
            JsonNode inspected =
                    MAPPER.readTree(
                            CommandLines.run("inspect", row.model().toString(), "--json").output());
            assertEquals(inspected.get("weights").asLong(), row.weights());
            assertEquals(inspected.get("flopsPerStep").asLong(), row.flopsPerFrame());
            JsonNode scored =
                    MAPPER.readTree(
                            CommandLines.run(
                                            "eval",
                                            row.model().toString(),
                                            "--data",
                                            result.data().toString(),
                                            "--json")
                                    .output());
            assertEquals(6, scored.get("utterances").asInt());
            assertEquals(scored.get("wer").asDouble(), row.wer());
            assertTrue(row.p50Nanos() > 0 && row.p50Nanos() <= row.p99Nanos());
            assertTrue(Files.exists(row.report()));
        }
        assertTrue(Files.exists(result.sample()));
        String page = Files.readString(DemoPage.write(result, out));
        for (String expected :
                List.of(
                        "Word errors against size",
                        "Word errors against time",
                        "Training loss",
                        "href=\"narrow/report.html\"",
                        Figures.count(result.rows().getLast().weights()),
                        Figures.micros(result.rows().getLast().p50Nanos()))) {
            assertTrue(page.contains(expected), expected);
        }
        assertEquals(4, page.split("class=\"plot\"").length - 1);
        assertTrue(
                page.matches("(?s).*<p>Seed 1, made on \\d{4}-\\d\\d-\\d\\d, \\d\\d:\\d\\d .*"),
                page);
        assertTrue(page.contains("Java " + Runtime.version()), "the machine");
        assertEquals(5, page.split("<th class=\"number\">ratio</th>").length - 1);
        assertTrue(messages.toString().contains("trained narrow"), messages.toString());
    }

    /**
     * A folder called so would clear the screen, and its quote would end that of a shell's word.
     */
    @Test
    void theDemonstrationsTextIsHarmlessAndCanBeCopied() {
        Path out = Path.of("de mo's" + HOSTILE);
        Demo.Row row =
                new Demo.Row(
                        "one",
                        out.resolve("one/model.safetensors"),
                        out.resolve("one/report.html"),
                        10,
                        20,
                        20,
                        0.1,
                        1000,
                        2000,
                        1);
        Demo.Result result =
                new Demo.Result(
                        1,
                        ZonedDateTime.now(),
                        out.resolve("digits"),
                        10,
                        List.of(row),
                        out.resolve("digits/wav/a.wav"),
                        "one",
                        5);
        StringWriter text = new StringWriter();

        DemoCommand.print(new PrintWriter(text), result, out);

        assertHarmless(text.toString());
        assertTrue(
                text.toString().contains(" inspect $'de mo\\'s\\033[2J/one/model.safetensors'"),
                text.toString());
    }

    private static void assertHarmless(String text) {
        assertFalse(text.contains("\u001b"), () -> Printable.lines(text));
    }

    @Test
    void theDemonstrationsFolderIsNotTakenFromOthers() throws IOException {
        Path precious = Files.writeString(folder.resolve("thesis.txt"), "precious");

        Outcome outcome = CommandLines.run("demo", "--out", folder.toString());

        assertEquals(1, outcome.code());
        assertTrue(outcome.errors().contains("--out"), outcome.errors());
        assertEquals("precious", Files.readString(precious));
    }

    @Test
    void theDemonstrationsFolderMayBeUsedAgain() throws IOException {
        Path out = folder.resolve("demo");
        DemoFolder.prepare(out, List.of("lstm")).close();
        Files.createDirectories(out.resolve("lstm/checkpoints"));
        Files.writeString(out.resolve("lstm/recipe.json"), "{}");
        Files.writeString(out.resolve("notes.txt"), "mine");

        DemoFolder.prepare(out, List.of("lstm")).close();

        assertTrue(Files.notExists(out.resolve("lstm")));
        assertTrue(Files.exists(out.resolve("notes.txt")));
    }

    @Test
    void aDemonstrationIsNotRunIntoAnotherThatIsAtWork() throws IOException {
        Path out = folder.resolve("busy");
        try (Closeable first = DemoFolder.prepare(out, List.of("lstm"))) {
            Path live = Files.createDirectories(out.resolve("lstm"));

            Outcome second = CommandLines.run("demo", "--out", out.toString());

            assertEquals(1, second.code());
            assertTrue(second.errors().contains("at work"), second.errors());
            assertTrue(Files.exists(live));
            assertNotNull(first);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "speech, --max-wer 101, --max-wer must be above 0 and at most 100",
        "speech, --max-wer 0, --max-wer must be above 0",
        "translation, --min-bleu NaN, --min-bleu must be above 0 and at most 100",
        "captioning, --min-cider 1001, --min-cider must be above 0 and at most 1000",
        "speech, --max-weights 0, --max-weights must be 1 or more",
        "speech, --max-latency -1, --max-latency must be above 0",
        "speech, --max-latency 9 --max-wer 9, a run has one goal"
    })
    void goalsThatCannotBeAreRefused(String task, String goal, String message) {
        List<String> command =
                new ArrayList<>(
                        List.of("train", task, "--data", folder.toString(), "--out", "never"));
        command.addAll(List.of(goal.split(" ")));
        Outcome outcome = CommandLines.run(command.toArray(String[]::new));
        assertEquals(2, outcome.code(), outcome.errors());
        assertTrue(outcome.errors().contains(message), outcome.errors());
    }

    @Test
    void trainsReportsAndRefusesToOverwrite() throws IOException {
        Path data = data();
        Path run = folder.resolve("run");

        Outcome trained = train(data, run, "--json");

        assertEquals(0, trained.code(), trained.errors());
        JsonNode json = MAPPER.readTree(trained.output());
        assertEquals(2, json.get("epochs").asInt());
        Path model = Path.of(json.get("model").asText());
        assertEquals(run.resolve("model.safetensors"), model);
        JsonNode inspected =
                MAPPER.readTree(CommandLines.run("inspect", model.toString(), "--json").output());
        assertEquals("5", inspected.at("/provenance/seed").asText());
        assertEquals(
                json.get("wer").asDouble(),
                inspected.at("/provenance/dev.wer").asDouble(),
                0.5e-4,
                "both are fractions, in files to 4 decimals");
        assertEquals("dense", inspected.at("/provenance/geometry.recurrent").asText());
        assertTrue(
                inspected.at("/provenance/geometry.hidden").isMissingNode(),
                "a plain LSTM has no such matrices");
        String text = CommandLines.run("inspect", model.toString()).output();
        assertTrue(text.matches("(?s).*\\Rgeometry\\.input +dense\\R.*"), text);
        assertTrue(text.matches("(?s).*\\Rseed +5\\R.*"), text);
        assertFalse(text.contains("recipe.network.width"), text);
        assertTrue(text.matches("(?s).*\\R\\d+ more, .*: --all shows them\\R"), text);
        String all = CommandLines.run("inspect", model.toString(), "--all").output();
        assertTrue(all.matches("(?s).*\\Rrecipe\\.network\\.width +8\\R.*"), all);
        assertFalse(all.contains("--all shows"), all);

        Files.delete(run.resolve("report.html"));
        Outcome report = CommandLines.run("report", run.toString());
        assertEquals(0, report.code(), report.errors());
        assertEquals(run.resolve("report.html").toString(), report.output().strip());
        assertTrue(Files.readString(run.resolve("report.html")).contains("<html"));

        Outcome again = train(data, run);
        assertEquals(1, again.code());
        assertTrue(again.errors().contains("--resume"), again.errors());
        assertFalse(again.errors().contains("internal error"), again.errors());
    }

    /** Names of folders and of recipes, which others may have chosen. */
    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no such names")
    void namesDoNotDriveTheTerminal() throws IOException {
        Path data = data();
        Path run = folder.resolve("run" + HOSTILE);
        Path recipe = folder.resolve("recipe" + HOSTILE + ".json");
        Files.writeString(
                recipe,
                Recipes.named("demo-lstm")
                        .with(List.of("name=n" + HOSTILE, "description=d" + HOSTILE))
                        .toJson());

        Outcome trained = train(data, run, "--set", "name=n" + HOSTILE);
        assertEquals(0, trained.code(), trained.errors());
        assertTrue(trained.output().contains("$'" + folder), trained.output());
        for (Outcome outcome :
                List.of(
                        trained,
                        train(data, run),
                        train(data, folder.resolve("missing" + HOSTILE), "--resume"),
                        CommandLines.run("report", run.toString()),
                        CommandLines.run("report", folder.toString()),
                        CommandLines.run("recipes", recipe.toString()),
                        CommandLines.run("recipes", recipe.toString(), "--settings"),
                        CommandLines.run("recipes", "x" + HOSTILE),
                        CommandLines.run("demo", "--out", run.toString()),
                        CommandLines.run("x" + HOSTILE))) {
            assertHarmless(outcome.output() + outcome.errors());
        }
    }

    @Test
    void theReportOfAFolderOfRunsNamesTheRuns() throws IOException {
        for (String run : new String[] {"lstm", "grown"}) {
            RunFolder.create(folder.resolve("demo").resolve(run), Recipes.named("demo-lstm"))
                    .close();
        }
        Files.createDirectories(folder.resolve("demo/digits"));

        Outcome outcome = CommandLines.run("report", folder.resolve("demo").toString());

        assertEquals(1, outcome.code());
        assertTrue(
                outcome.errors()
                        .contains(
                                "name one of the runs in it, %s, %s"
                                        .formatted(
                                                folder.resolve("demo").resolve("grown"),
                                                folder.resolve("demo").resolve("lstm"))),
                outcome.errors());
        assertFalse(outcome.errors().contains("digits"), outcome.errors());
        Outcome none = CommandLines.run("report", folder.resolve("demo/digits").toString());
        assertTrue(none.errors().contains("given as --out"), none.errors());
    }

    @Test
    void aFinishedRunIsResumedToTheSameModelWithoutItsSettings() throws IOException {
        Path data = data();
        Path run = folder.resolve("run");
        assertEquals(0, train(data, run).code());
        Path model = run.resolve("model.safetensors");
        byte[] before = Files.readAllBytes(model);

        Outcome resumed =
                CommandLines.run(
                        "train",
                        "speech",
                        "--data",
                        data.toString(),
                        "--out",
                        run.toString(),
                        "--resume");

        assertEquals(0, resumed.code(), resumed.errors());
        assertArrayEquals(before, Files.readAllBytes(model));
    }

    /** The network of the model is not that of the task's default recipe, and needs no naming. */
    @Test
    void aRunBeginsWithAModelByItsRecipe() throws IOException {
        Path data = data();
        Path first = folder.resolve("first");
        assertEquals(0, train(data, first).code());
        Path model = first.resolve("model.safetensors");
        Path further = folder.resolve("further");
        List<String> command =
                new ArrayList<>(
                        List.of("train", "speech", "--data", data.toString(), "--json", "--from"));
        command.addAll(List.of(model.toString(), "--out", further.toString()));
        command.addAll(List.of("--set", "training.epochs=1"));

        Outcome trained = CommandLines.run(command.toArray(String[]::new));

        assertEquals(0, trained.code(), trained.errors());
        Map<String, String> before = Model.load(model).provenance();
        Map<String, String> after = Model.load(further.resolve("model.safetensors")).provenance();
        assertEquals(before.get("recipe.network.width"), after.get("recipe.network.width"));
        assertEquals("1", after.get("recipe.training.epochs"));
        assertEquals("false", after.get("recipe.network.batchNorm"));
        assertEquals("%016x".formatted(Model.load(model).fingerprint()), after.get("initialModel"));
        String log = Files.readString(further.resolve("events.jsonl"));
        assertTrue(log.contains("begins with " + model), log);

        Outcome translation =
                CommandLines.run(
                        "train",
                        "translation",
                        "--data",
                        data.toString(),
                        "--out",
                        folder.resolve("other").toString(),
                        "--from",
                        model.toString());
        assertEquals(1, translation.code());
        assertTrue(translation.errors().contains("it is for speech"), translation.errors());
        assertFalse(Files.exists(folder.resolve("other")));
    }

    @Test
    void aRunThatIsNotThereIsNotResumed() throws IOException {
        Path missing = folder.resolve("misspelt");

        Outcome outcome = train(data(), missing, "--resume");

        assertEquals(1, outcome.code());
        assertTrue(outcome.errors().contains("there is no run in " + missing), outcome.errors());
        assertFalse(Files.exists(missing));
    }

    @Test
    void warningsComeBeforeTraining() throws IOException {
        // 2 epochs to grow, 2 to settle, 1 after the first cut, and 1 of 15 to retrain.
        Outcome outcome =
                CommandLines.run(
                        "train",
                        "speech",
                        "--data",
                        data().toString(),
                        "--out",
                        folder.resolve("run").toString(),
                        "--recipe",
                        "demo-grow-prune",
                        "--set",
                        "network.width=8",
                        "--set",
                        "network.gateHidden=8",
                        "--set",
                        "growAndPrune.growth.maxEvents=0",
                        "--set",
                        "growAndPrune.pruning.epochs=2",
                        "--set",
                        "training.epochs=4");

        assertEquals(0, outcome.code(), outcome.errors());
        assertTrue(
                outcome.errors()
                        .matches(
                                "(?s)demo-grow-prune: \\d+ utterances to learn from, .* kernels.*"
                                        + "\\Rdemo-grow-prune: warning: training.epochs is 4, all"
                                        + " phases.*"),
                outcome.errors());
    }

    @Test
    void theDemonstrationTakesOnlySensibleThreads() {
        Outcome outcome =
                CommandLines.run(
                        "demo", "--out", folder.resolve("x").toString(), "--threads", "100000");
        assertEquals(2, outcome.code(), outcome.errors());
        assertTrue(
                outcome.errors().contains("training.threads must lie in [0, 1024]"),
                outcome.errors());
        assertFalse(Files.exists(folder.resolve("x")));
    }

    @Test
    void settingsThatAreWrongAreUsageErrors() {
        String[][] wrong = {
            {"--set", "network.widht=8"},
            {"--set", "network.width=wide"},
            {"--set", "network.width=-1"},
            {"--set", "network.width=100000000"},
            {"--set", "training.epochs=3"},
            {"--threads", "100000"},
            {"--recipe", "speech-smal"}
        };
        for (String[] arguments : wrong) {
            List<String> command =
                    new ArrayList<>(List.of("train", "speech", "--data", "d", "--out", "o"));
            command.addAll(List.of(arguments));

            Outcome outcome = CommandLines.run(command.toArray(String[]::new));

            assertEquals(2, outcome.code(), outcome.errors());
            assertTrue(outcome.errors().startsWith("hlstm train speech: "), outcome.errors());
        }
    }

    private Path data() throws IOException {
        Path data = folder.resolve("data");
        An4Writer.write(data, "digits", DigitCorpus.generate(CORPUS));
        return data;
    }

    private static Outcome train(Path data, Path run, String... more) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "train",
                                "speech",
                                "--data",
                                data.toString(),
                                "--out",
                                run.toString(),
                                "--recipe",
                                "demo-lstm",
                                "--seed",
                                "5",
                                "--threads",
                                "1"));
        for (String setting : SMALL) {
            command.add("--set");
            command.add(setting);
        }
        command.addAll(List.of(more));
        return CommandLines.run(command.toArray(String[]::new));
    }
}
