package hlstm.trainer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hlstm.trainer.cli.CommandLines.Outcome;
import hlstm.trainer.numbers.NumberCorpus;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class TranslationCommandsTest {
    @TempDir private static Path folder;
    private static Outcome trained;
    private static String model;

    TranslationCommandsTest() {}

    @BeforeAll
    static void train() throws IOException {
        NumberCorpus.generate(1, 150, 20, 25).write(folder.resolve("numbers"));
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "train",
                                "translation",
                                "--recipe",
                                "numbers-grow-prune",
                                "--data",
                                folder.resolve("numbers").toString(),
                                "--out",
                                folder.resolve("run").toString()));
        for (String setting :
                List.of(
                        "translator.width=16",
                        "translator.embedding=8",
                        "translator.gateHidden=16",
                        "text.merges=30",
                        "training.epochs=2",
                        "training.threads=1",
                        "training.evaluationInterval=1",
                        "growAndPrune.enabled=false")) {
            command.add("--set");
            command.add(setting);
        }
        trained = CommandLines.run(command.toArray(String[]::new));
        model = folder.resolve("run").resolve("model.safetensors").toString();
    }

    /** The lines of a translation of some bytes. */
    private static Outcome translate(byte[] input, String... options) {
        List<String> command = new ArrayList<>(List.of("translate", model));
        command.addAll(List.of(options));
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(input));
        try {
            return CommandLines.run(command.toArray(String[]::new));
        } finally {
            System.setIn(before);
        }
    }

    private static Outcome translate(String input, String... options) {
        return translate(input.getBytes(StandardCharsets.UTF_8), options);
    }

    @Test
    void trainingSaysHowItEndedAndWhatToTryNext() {
        assertEquals(0, trained.code(), trained.errors());
        assertTrue(trained.output().contains(": BLEU "), trained.output());
        assertTrue(trained.output().contains(" translate " + model), trained.output());
        assertTrue(trained.errors().contains("150 pairs to learn from"), trained.errors());
    }

    @Test
    void everyLineGivesALineInOrderWhateverItHolds() throws IOException {
        ByteArrayOutputStream input = new ByteArrayOutputStream();
        input.write("drei\n\n \t\r\n".getBytes(StandardCharsets.UTF_8));
        input.write("中文 ru\u0000 \uD83D\uDE00\n".getBytes(StandardCharsets.UTF_8));
        input.write(new byte[] {'e', (byte) 0xFF, (byte) 0xC3, '\n'});
        input.write("zwei ".repeat(1200).getBytes(StandardCharsets.UTF_8));
        input.write("\ndrei".getBytes(StandardCharsets.UTF_8));
        Outcome outcome = translate(input.toByteArray(), "--beam", "2");
        assertEquals(0, outcome.code(), outcome.errors());
        List<String> lines = List.of(outcome.output().split("\n", -1));
        assertEquals(7 + 1, lines.size(), outcome.output());
        assertEquals("", lines.get(1));
        assertEquals("", lines.get(2));
        assertEquals(lines.get(0), lines.get(6));
        List<String> told = outcome.errors().lines().toList();
        assertEquals(3, told.size(), outcome.errors());
        assertTrue(told.get(0).matches("line 4: \\d+ of its tokens unknown to the model.*"));
        assertEquals("line 5 is not UTF-8: what cannot be read is replaced", told.get(1));
        assertTrue(told.get(2).matches("\\d+ tokens were unknown to the model, in 2 lines"));
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheFirstLine() {
        List<String> lines = translate("\uFEFFdrei\ndrei\n").output().lines().toList();
        assertEquals(lines.get(1), lines.get(0));
    }

    @Test
    void translationsDoNotDependOnThreads() {
        StringBuilder input = new StringBuilder();
        for (int k = 0; k < 60; k++) {
            input.append("drei zwei ".repeat(k % 7)).append("ein".repeat(k % 3)).append('\n');
        }
        Outcome one = translate(input.toString(), "--threads", "1", "--nbest", "2");
        Outcome three = translate(input.toString(), "--threads", "3", "--nbest", "2");
        assertEquals(0, one.code(), one.errors());
        assertEquals(one.output(), three.output());
        assertEquals(60, one.output().lines().map(l -> l.split(" ")[0]).distinct().count());
        assertEquals(2, translate("", "--threads", "-1").code());
    }

    @Test
    void aLineThatFailsLosesNoOther() {
        String input = "drei\n" + "zwei ".repeat(1200) + "\ndrei\n";
        Outcome outcome = translate(input, "--nbest", "1", "--beam", "1", "--threads", "2");
        assertEquals(
                List.of("0", "2"),
                outcome.output().lines().map(line -> line.split(" ")[0]).toList());
        assertTrue(outcome.errors().contains("line 2 is passed over: "), outcome.errors());
        assertTrue(outcome.errors().contains("a line may have 500 tokens"), outcome.errors());
        assertEquals(1, outcome.code());
        assertEquals(
                1 + 2,
                translate(input, "--attention").output().lines().filter(String::isEmpty).count(),
                "the line passed over, and the ends of two drawings");
        List<String> objects = translate(input, "--json").output().lines().toList();
        assertEquals(3, objects.size());
        assertTrue(objects.get(1).contains("a line may have 500 tokens"), objects.get(1));
    }

    @Test
    @Timeout(60)
    void aLineBeyondTheHeapEndsTheCommand() {
        InputStream before = System.in;
        System.setIn(
                new InputStream() {
                    @Override
                    public int read() {
                        throw new OutOfMemoryError("a line");
                    }
                });
        try {
            Outcome outcome = CommandLines.run("translate", model);
            assertEquals(1, outcome.code(), outcome.errors());
            assertTrue(outcome.errors().contains("out of memory (a line)"), outcome.errors());
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void severalTranslationsAreRanked() {
        Outcome outcome = translate("drei\n\n", "--beam", "4", "--nbest", "3");
        assertEquals(0, outcome.code(), outcome.errors());
        double last = Double.POSITIVE_INFINITY;
        List<String> lines = outcome.output().lines().toList();
        for (String line : lines) {
            String[] parts = line.split(" \\|\\|\\| ?");
            assertEquals(4, parts.length, line);
            if (parts[0].equals("0")) {
                assertTrue(Double.parseDouble(parts[2]) <= last, outcome.output());
                last = Double.parseDouble(parts[2]);
            }
        }
        assertEquals("1 |||  ||| 0.0000 ||| 0.0000", lines.getLast());
        Outcome wrong = translate("", "--beam", "2", "--nbest", "3");
        assertEquals(2, wrong.code());
        assertTrue(wrong.errors().contains("--nbest must lie in [1, 2]"), wrong.errors());
    }

    @Test
    void theAlignmentIsDrawn() {
        Outcome outcome = translate("drei\n", "--attention");
        assertEquals(0, outcome.code(), outcome.errors());
        assertTrue(outcome.output().contains("</s>"), outcome.output());
        assertTrue(outcome.output().endsWith("\n\n"), "the drawing ends with a blank line");
        assertEquals("\n", translate("\n", "--attention").output());
        Outcome both = translate("drei\n", "--attention", "--nbest", "2");
        assertEquals(2, both.code());
        assertTrue(both.errors().contains("add --json"), both.errors());
    }

    @Test
    void programsReadAnObjectALine() throws IOException {
        Outcome outcome = translate("drei\n\nzwei\n", "--json", "--nbest", "2", "--attention");
        assertEquals(0, outcome.code(), outcome.errors());
        List<String> lines = outcome.output().lines().toList();
        assertEquals(3, lines.size(), outcome.output());
        List<String> plain = translate("drei\n\nzwei\n").output().lines().toList();
        for (int k = 0; k < 3; k++) {
            JsonNode object = new ObjectMapper().readTree(lines.get(k));
            assertEquals(k, object.get("line").asInt());
            assertEquals(plain.get(k), object.at("/translations/0/text").asText());
        }
        JsonNode first = new ObjectMapper().readTree(lines.getFirst());
        assertEquals("drei", first.get("source").asText());
        assertEquals(2, first.get("translations").size());
        assertEquals(
                first.at("/translations/0/tokens").size() + 1,
                first.at("/attention/shares").size(),
                "a row for each token and the end");
    }

    @Test
    void unknownWordsAreCopiedOnRequest() {
        Outcome outcome = translate("drei \u4e2d\nzwei\n", "--copy-unknown", "--beam", "1");
        assertEquals(0, outcome.code(), outcome.errors());
        assertFalse(outcome.output().contains("<unk>"), outcome.output());
        assertTrue(
                outcome.errors().startsWith("line 1: 1 of its tokens unknown to the model"),
                outcome.errors());
    }

    @Test
    void evaluationTellsBleuAlsoByLength() throws IOException {
        String data = folder.resolve("numbers").toString();
        Outcome text = CommandLines.run("eval", model, "--data", data, "--threads", "1");
        assertEquals(0, text.code(), text.errors());
        assertTrue(text.output().contains("BLEU = "), text.output());
        assertTrue(text.output().contains("1 to 10"), text.output());
        Outcome json = CommandLines.run("eval", model, "--data", data, "--json", "--beam", "1");
        JsonNode report = new ObjectMapper().readTree(json.output());
        assertEquals(25, report.get("sentences").asInt());
        assertEquals(25, report.get("translations").size());
        assertTrue(report.at("/translations/0/reference").isTextual());
        for (String other : List.of("--lm", "--list", "--captions", "--features")) {
            assertEquals(2, CommandLines.run("eval", model, "--data", data, other, "x").code());
        }
        Outcome missing = CommandLines.run("eval", model, "--data", data + "x");
        assertTrue(missing.errors().contains("no such file or folder"), missing.errors());
        Outcome part = CommandLines.run("eval", model, "--data", data, "--part", "none");
        assertTrue(part.errors().contains("eval: --part"), part.errors());
    }

    @Test
    void theModelIsInspected() throws IOException {
        Outcome text = CommandLines.run("inspect", model);
        assertEquals(0, text.code(), text.errors());
        assertTrue(text.output().contains("translation of codes"), text.output());
        assertTrue(text.output().contains(", encoder"), text.output());
        assertTrue(text.output().contains(" a token of the source, "), text.output());
        JsonNode report =
                new ObjectMapper().readTree(CommandLines.run("inspect", model, "--json").output());
        assertEquals("translation", report.get("task").get("kind").asText());
    }

    @Test
    void recipesOfOtherTasksAreRefused() {
        String data = folder.resolve("numbers").toString();
        String out = folder.resolve("other").toString();
        Outcome outcome =
                CommandLines.run(
                        "train",
                        "translation",
                        "--data",
                        data,
                        "--out",
                        out,
                        "--recipe",
                        "demo-lstm");
        assertEquals(2, outcome.code());
        assertTrue(
                outcome.errors()
                        .contains(
                                "the recipe demo-lstm is for speech: train it with 'hlstm train"
                                        + " speech'"),
                outcome.errors());
        assertEquals(1, CommandLines.run("transcribe", model, "x.wav").code());
    }
}
