package hlstm.trainer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hlstm.runtime.safetensors.SafetensorsWriter;
import hlstm.trainer.captions.CocoResults;
import hlstm.trainer.captions.PublicCaptions;
import hlstm.trainer.cli.CommandLines.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** COCO's recipe, made small, from COCO's own file of captions to results in COCO's format. */
class CocoRecipeTest {
    private static final int IMAGES = 60;
    private static final int TRAINED_ON = 50;

    /** As of a ResNet. */
    private static final int FEATURES = 2048;

    private static final List<String> SMALL =
            List.of(
                    "network.embedding=16",
                    "network.width=16",
                    "network.gateHidden=16",
                    "training.epochs=5",
                    "growAndPrune.growth.interval=1",
                    "growAndPrune.growth.maxEvents=1",
                    "growAndPrune.settleEpochs=1",
                    "growAndPrune.pruning.epochs=2",
                    "growAndPrune.pruning.retrainEpochs=1");

    @TempDir private Path folder;

    @Test
    void trainsOnCocosOwnFile() throws Exception {
        PublicCaptions.coco(folder);
        Path features = features();
        List<String> arguments =
                new ArrayList<>(List.of("train", "captioning", "--recipe", "captions-coco"));
        arguments.addAll(List.of("--data", folder.toString(), "--threads", "1"));
        arguments.addAll(List.of("--out", folder.resolve("run").toString()));
        SMALL.forEach(setting -> arguments.addAll(List.of("--set", setting)));
        Outcome trained = CommandLines.run(arguments.toArray(String[]::new));
        assertEquals(0, trained.code(), trained.errors());
        assertTrue(
                trained.errors().contains("4,940 of 5,000 captioned images have no features"),
                trained.errors());

        String model = folder.resolve("run/model.safetensors").toString();
        Outcome results = CommandLines.run("caption", model, features.toString(), "--json");
        assertEquals(0, results.code(), results.errors());
        List<String> lines =
                results.output().lines().filter(line -> line.contains("image_id")).toList();
        assertEquals(IMAGES, lines.size());
        for (int k = 0; k < IMAGES; k++) {
            String id = CocoResults.id(names().get(k));
            String line = lines.get(k).replace(" ", "");
            assertTrue(line.contains("\"image_id\":" + id + ","), line);
        }
    }

    /** Makes features of the first images, and the lists of a user's own split. */
    private Path features() throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        float[] values = new float[IMAGES * FEATURES];
        for (int k = 0; k < values.length; k++) {
            values[k] = random.nextFloat();
        }
        Path features = folder.resolve("resnet.safetensors");
        new SafetensorsWriter().floats("features", values, IMAGES, FEATURES).write(features);
        Files.write(folder.resolve("resnet.txt"), names());
        Files.write(folder.resolve("my_train.txt"), names().subList(0, TRAINED_ON));
        Files.write(folder.resolve("my_dev.txt"), names().subList(TRAINED_ON, IMAGES));
        return features;
    }

    /** Names of images of the file, as it spells them. */
    private List<String> names() throws IOException {
        return PublicCaptions.names(folder.resolve("captions_val2017.json"), IMAGES);
    }
}
