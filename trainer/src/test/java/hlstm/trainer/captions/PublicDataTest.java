package hlstm.trainer.captions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hlstm.runtime.safetensors.SafetensorsWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads Flickr8k and COCO, where the folder of data has them. */
class PublicDataTest {
    @TempDir private Path folder;

    @Test
    void flickr8k() throws IOException {
        Path features = PublicCaptions.file("flickr8k_900_xception1000.npz");
        Path tokens = folder.resolve("Flickr8k.token.txt");
        try (ZipFile zip = new ZipFile(PublicCaptions.file("Flickr8k_text.zip").toFile());
                InputStream in =
                        zip.getInputStream(zip.getEntry("Flickr8k_text/Flickr8k.token.txt"))) {
            Files.copy(in, tokens);
        }
        CaptionData data =
                CaptionData.read(
                        CaptionSources.find(
                                PublicCaptions.DATA,
                                List.of(tokens),
                                List.of(features),
                                PublicCaptions.file("flickr8k_900_train.txt"),
                                PublicCaptions.file("flickr8k_900_dev.txt")));
        assertEquals(800, data.train().size());
        assertEquals(100, data.dev().size());
        assertEquals(1000, data.train().featureWidth());
        assertEquals(4000, data.train().captions().size());
        // Class probabilities.
        double sum = 0;
        for (float value : data.train().features(17)) {
            sum += value;
        }
        assertEquals(1, sum, 1e-5);
        // One of them under a name with a part too many, as the file writes it.
        assertEquals(8092, data.report().captioned());
        assertEquals(8092 - 900, data.report().withoutFeatures().size());
        assertEquals(0, data.report().withoutCaptions().size());
    }

    @Test
    void coco() throws IOException, InterruptedException {
        Path captions = PublicCaptions.coco(folder);
        List<CaptionedImage> images = CaptionFiles.read(List.of(captions));
        assertEquals(5000, images.size());
        assertEquals(25_014, images.stream().mapToInt(image -> image.captions().size()).sum());
        List<String> names = new ArrayList<>();
        for (CaptionedImage image : images) {
            assertEquals(image.id(), CocoResults.id(image.name()));
            names.add(image.name());
        }
        // Features made for the test, and the lists of a user's own split.
        new SafetensorsWriter()
                .floats("features", new float[5000 * 8], 5000, 8)
                .write(folder.resolve("resnet.safetensors"));
        Files.write(folder.resolve("resnet.txt"), names);
        Files.write(folder.resolve("my_train.txt"), names.subList(0, 4000));
        Files.write(folder.resolve("my_dev.txt"), names.subList(4000, 5000));
        CaptionData data =
                CaptionData.read(CaptionSources.find(folder, List.of(), List.of(), null, null));
        assertEquals(4000, data.train().size());
        assertEquals(1000, data.dev().size());
        assertTrue(data.report().sentences().isEmpty());
    }
}
