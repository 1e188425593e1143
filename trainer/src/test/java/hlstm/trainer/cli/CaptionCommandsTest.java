package hlstm.trainer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hlstm.trainer.captions.CaptionFolder;
import hlstm.trainer.cli.CommandLines.Outcome;
import hlstm.trainer.scenes.SceneCorpus;
import hlstm.trainer.scenes.SceneCorpusSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of captioning, from data to captions that are scored. */
class CaptionCommandsTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir private static Path folder;
    private static Path data;
    private static Path model;

    private static Outcome train(String out, String... more) {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "train",
                                "captioning",
                                "--data",
                                data.toString(),
                                "--out",
                                folder.resolve(out).toString(),
                                "--recipe",
                                "demo-captions-grown",
                                "--threads",
                                "1",
                                "--set",
                                "training.epochs=6",
                                "--set",
                                "growAndPrune.growth.maxEvents=0",
                                "--set",
                                "growAndPrune.pruning.epochs=2",
                                "--set",
                                "growAndPrune.pruning.retrainEpochs=3",
                                "--set",
                                "network.width=24",
                                "--set",
                                "network.gateHidden=24"));
        arguments.addAll(List.of(more));
        return CommandLines.run(arguments.toArray(String[]::new));
    }

    @BeforeAll
    static void trainOnce() throws IOException {
        data = folder.resolve("scenes");
        SceneCorpus corpus = SceneCorpus.generate(new SceneCorpusSpec(80, 12, 10, 3, 1));
        CaptionFolder.write(data, "scenes", corpus.data(), corpus.features());
        Outcome outcome = train("run");
        assertEquals(0, outcome.code(), outcome.errors());
        assertTrue(outcome.output().contains("CIDEr-D "), outcome.output());
        assertTrue(outcome.output().contains("eval"), outcome.output());
        model = folder.resolve("run/model.safetensors");
        assertTrue(Files.exists(folder.resolve("run/report.html")));
    }

    private static Outcome run(String... arguments) {
        Outcome outcome = CommandLines.run(arguments);
        assertEquals(0, outcome.code(), outcome.errors());
        return outcome;
    }

    @Test
    void captionsEveryImage() {
        String features = data.resolve("scenes_features.safetensors").toString();
        Outcome text = run("caption", model.toString(), features);
        List<String> lines = text.output().lines().toList();
        assertEquals(102, lines.size());
        assertTrue(lines.getFirst().matches("scene-train-00000\\.png: [a-z ]+"), lines.getFirst());
    }

    @Test
    void resultsAreScoredByTheOtherCommand() throws IOException {
        String features = data.resolve("scenes_features.safetensors").toString();
        Outcome results = run("caption", model.toString(), features, "--json", "--beam", "1");
        JsonNode list = MAPPER.readTree(results.output());
        assertEquals(102, list.size());
        assertEquals("scene-train-00000.png", list.at("/0/image_id").asText());
        Path file = Files.writeString(folder.resolve("results.json"), results.output());
        StringBuilder annotations = new StringBuilder("{\"annotations\": [");
        for (String line : Files.readAllLines(data.resolve("scenes.token.txt"))) {
            annotations
                    .append(annotations.toString().endsWith("[") ? "" : ",")
                    .append("{\"image_id\": \"")
                    .append(line, 0, line.indexOf('#'))
                    .append("\", \"caption\": \"")
                    .append(line.substring(line.indexOf('\t') + 1))
                    .append("\"}");
        }
        Path references = Files.writeString(folder.resolve("references.json"), annotations + "]}");
        Outcome score =
                run("score", "--metric", "cider", references.toString(), file.toString(), "--json");
        assertTrue(MAPPER.readTree(score.output()).get("score").asDouble() > 0);
    }

    @Test
    void captionsAndScoresThoseOfAList() throws IOException {
        String features = data.resolve("scenes_features.safetensors").toString();
        String list = data.resolve("scenes_test.txt").toString();
        List<String> lines =
                run("caption", model.toString(), features, "--list", list)
                        .output()
                        .lines()
                        .toList();
        assertEquals(10, lines.size());
        assertTrue(lines.getLast().startsWith("scene-test-00009.png: "), lines.getLast());
        Outcome results = run("caption", model.toString(), features, "--list", list, "--json");
        Path file = Files.writeString(folder.resolve("some.json"), results.output());
        String tokens = data.resolve("scenes.token.txt").toString();
        Outcome score = run("score", "--metric", "cider", tokens, file.toString(), "--json");
        // What eval gives for the same images.
        JsonNode report =
                MAPPER.readTree(
                        run("eval", model.toString(), "--data", data.toString(), "--json")
                                .output());
        assertEquals(
                report.get("cider").asDouble(),
                MAPPER.readTree(score.output()).get("score").asDouble(),
                1e-12);
        Path other = Files.writeString(folder.resolve("other.txt"), "nothing.png\n");
        Outcome missing =
                CommandLines.run("caption", model.toString(), features, "--list", other.toString());
        assertEquals(1, missing.code());
        assertTrue(missing.errors().contains("nothing.png"), missing.errors());
        Path unknown =
                Files.writeString(
                        folder.resolve("unknown.json"),
                        "[{\"image_id\": \"nothing.png\", \"caption\": \"a star\"}]");
        Outcome unscored =
                CommandLines.run("score", "--metric", "cider", tokens, unknown.toString());
        assertEquals(1, unscored.code());
        assertTrue(unscored.errors().contains("nothing"), unscored.errors());
        Path twice =
                Files.writeString(
                        folder.resolve("twice.json"),
                        "[{\"image_id\": \"scene-test-00001.png\", \"caption\": \"a star\"},"
                                + "{\"image_id\": \"scene-test-00001\", \"caption\": \"a star\"}]");
        Outcome second = CommandLines.run("score", "--metric", "cider", tokens, twice.toString());
        assertEquals(1, second.code());
        assertTrue(second.errors().contains("a second caption"), second.errors());
        Path numbers =
                Files.writeString(folder.resolve("n.token.txt"), "000000000007.jpg#0\ta star\n");
        Path seven =
                Files.writeString(
                        folder.resolve("seven.json"),
                        "[{\"image_id\": 7, \"caption\": \"a star\"}]");
        run("score", "--metric", "bleu", numbers.toString(), seven.toString());
    }

    @Test
    void evaluatesOnTheTestListOrOneThatIsNamed() throws IOException {
        Outcome outcome = run("eval", model.toString(), "--data", data.toString(), "--json");
        JsonNode report = MAPPER.readTree(outcome.output());
        assertEquals(10, report.get("images").asInt());
        assertEquals(10, report.get("captions").size());
        assertEquals(2, report.get("beam").asInt());
        long weights = report.get("gateWeights").asLong();
        double active = report.get("activeGateFlopsPerStep").asDouble();
        assertTrue(active > 0 && active < 2 * weights, active + " of " + 2 * weights);
        double mean = 0;
        for (JsonNode caption : report.get("captions")) {
            mean += caption.get("cider").asDouble() / 10;
        }
        assertEquals(report.get("cider").asDouble(), mean, 1e-12);
        Outcome dev =
                run(
                        "eval",
                        model.toString(),
                        "--data",
                        data.toString(),
                        "--list",
                        data.resolve("scenes_dev.txt").toString());
        assertTrue(dev.output().contains("CIDEr-D"), dev.output());
        assertTrue(dev.output().contains("written    "), dev.output());
    }

    @Test
    void inspectSaysWhatTheModelIsFor() throws IOException {
        assertTrue(run("inspect", model.toString()).output().contains("captions of images with"));
        JsonNode report = MAPPER.readTree(run("inspect", model.toString(), "--json").output());
        assertEquals("captioning", report.at("/task/kind").asText());
        assertEquals("standard", report.at("/provenance/recipe.images.normalisation").asText());
        assertTrue(report.at("/provenance/dev.cider").asText().matches("[0-9.]+"));
    }

    @Test
    void aRunThatIsBrokenOffEndsWithTheSameModel() throws IOException {
        Path other = folder.resolve("broken");
        Outcome first = train("broken", "--set", "training.epochs=6");
        assertEquals(0, first.code(), first.errors());
        assertEquals(-1, Files.mismatch(model, other.resolve("model.safetensors")));
        Outcome again =
                CommandLines.run(
                        "train",
                        "captioning",
                        "--data",
                        data.toString(),
                        "--out",
                        other.toString(),
                        "--resume");
        assertEquals(0, again.code(), again.errors());
        assertEquals(-1, Files.mismatch(model, other.resolve("model.safetensors")));
    }

    @Test
    void saysWhatIsMissing() throws IOException {
        Path empty = Files.createDirectories(folder.resolve("empty"));
        Outcome none =
                CommandLines.run(
                        "train",
                        "captioning",
                        "--data",
                        empty.toString(),
                        "--out",
                        folder.resolve("x").toString());
        assertEquals(1, none.code());
        assertTrue(none.errors().contains("expected captions"), none.errors());
        Outcome nowhere =
                CommandLines.run("train", "captioning", "--out", folder.resolve("x").toString());
        assertEquals(2, nowhere.code());
        assertTrue(nowhere.errors().contains("--data DIR"), nowhere.errors());
        Outcome speech =
                CommandLines.run(
                        "train",
                        "captioning",
                        "--data",
                        data.toString(),
                        "--out",
                        folder.resolve("x").toString(),
                        "--recipe",
                        "speech-small");
        assertEquals(2, speech.code());
        Outcome transcribe = CommandLines.run("transcribe", model.toString(), "x.wav");
        assertEquals(1, transcribe.code());
        Outcome beam =
                CommandLines.run("eval", model.toString(), "--data", data.toString(), "--lm", "x");
        assertEquals(2, beam.code());
        Outcome words =
                CommandLines.run("caption", model.toString(), "x.npz", "--max-words", "1001");
        assertEquals(2, words.code());
        assertTrue(words.errors().contains("--max-words must lie in [1, 1000]"), words.errors());
        Outcome part =
                CommandLines.run(
                        "eval", model.toString(), "--data", data.toString(), "--part", "dev");
        assertEquals(2, part.code());
        assertTrue(part.errors().contains("--part is for translation alone"), part.errors());
    }
}
