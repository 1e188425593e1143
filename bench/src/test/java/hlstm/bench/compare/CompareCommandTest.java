package hlstm.bench.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hlstm.bench.CaptionStack;
import hlstm.bench.RandomModels;
import hlstm.runtime.ModelBuilder;
import hlstm.sparse.Geometry;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CompareCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir private Path folder;

    @BeforeAll
    static void noDisplay() {
        System.setProperty("java.awt.headless", "true");
    }

    private int run(Object... arguments) {
        CommandLine command = new CommandLine(new CompareCommand());
        command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return command.execute(
                Arrays.stream(arguments).map(String::valueOf).toArray(String[]::new));
    }

    /** A captioner of so many gate weights whose file says that it has a score. */
    private Path captioner(String run, Geometry geometry, long weights, String score)
            throws IOException {
        ModelBuilder model =
                RandomModels.captioner(CaptionStack.task(8, 20), 16, geometry, weights, 1);
        model.provenance("dev.cider", score)
                .provenance("recipe.network.gateHidden", "[16]")
                .provenance("recipe.network.layers", "1")
                .provenance("recipe.network.width", "16")
                .provenance("geometry.input", geometry.label());
        Path file = Files.createDirectories(folder.resolve(run)).resolve("model.safetensors");
        model.write(file);
        return file;
    }

    @Test
    void comparesTheRunsOfAFolderFromFewWeightsToMany() throws IOException {
        captioner("many-1", Geometry.PLAIN, 1500, "0.2500");
        captioner("few-1", Geometry.PLAIN, 400, "0.1250");
        Files.createDirectories(folder.resolve("unfinished"));

        assertEquals(0, run(folder, "--seconds", "0.01", "--json"), err::toString);

        JsonNode result = new ObjectMapper().readTree(out.toString());
        assertEquals("CIDEr-D x 100", result.get("score").asText());
        assertEquals(List.of("few-1", "many-1"), result.get("models").findValuesAsText("name"));
        JsonNode few = result.get("models").get(0);
        assertEquals(12.5, few.get("score").asDouble(), 1e-9);
        assertEquals(400, few.get("gateWeights").asDouble(), 40);
        assertEquals("H-LSTM 1 x 16, plain", few.get("network").asText());
        assertTrue(few.get("p50Micros").asDouble() > 0);
    }

    @Test
    void drawsScoresAgainstWeightsAndLatency() throws IOException {
        Path one = captioner("one-1", Geometry.PLAIN, 1500, "0.25");
        Path other = captioner("one-2", Geometry.PLAIN, 400, "0.125");
        Path plots = folder.resolve("plots");

        assertEquals(0, run(one, other, "--seconds", "0.01", "--out", plots), err::toString);

        for (String name : List.of("score-by-weights.png", "score-by-latency.png")) {
            assertTrue(out.toString().contains(plots.resolve(name).toString()), out::toString);
            assertTrue(ImageIO.read(plots.resolve(name).toFile()).getWidth() > 800);
        }
    }

    @Test
    void seedsOfARunAreOfOneKind() throws IOException {
        captioner("grown-rows16-1", Geometry.PLAIN, 400, "0.1");
        captioner("grown-rows16-2", Geometry.PLAIN, 400, "0.1");

        List<TrainedModel> models = RunModels.load(List.of(folder));

        assertEquals(
                List.of("grown-rows16", "grown-rows16"),
                models.stream().map(TrainedModel::kind).toList());
    }

    @Test
    void saysWhatIsWrongWithWhatItIsGiven() throws IOException {
        Path nothing = Files.createDirectories(folder.resolve("nothing"));
        assertEquals(1, run(nothing));
        assertTrue(
                err.toString().contains("expected a run with a model.safetensors"), err::toString);

        Path noScore = folder.resolve("no-score.safetensors");
        RandomModels.captioner(CaptionStack.task(8, 20), 16, Geometry.PLAIN, 400, 1).write(noScore);
        assertEquals(1, run(noScore));
        assertTrue(err.toString().contains("with its score dev.cider; found none"), err::toString);

        Path noTask = folder.resolve("no-task.safetensors");
        RandomModels.hlstm(8, 16, 1, false, Geometry.PLAIN, 400).write(noTask);
        assertEquals(1, run(noTask));
        assertTrue(err.toString().contains("expected a model for speech"), err::toString);

        assertEquals(1, run(folder.resolve("absent")));
        assertTrue(err.toString().contains("absent"), err::toString);
    }

    @Test
    void refusesModelsForDifferentTasks() throws IOException {
        Path captioner = captioner("captions", Geometry.PLAIN, 400, "0.1");
        Path speech = folder.resolve("speech.safetensors");
        Files.copy(Path.of("../trainer/models/speech-compact.safetensors"), speech);

        assertEquals(1, run(captioner, speech));

        assertTrue(err.toString().contains("models of one task expected"), err::toString);
    }
}
