package hlstm.trainer.captions;

import hlstm.runtime.safetensors.SafetensorsWriter;
import hlstm.trainer.data.CorpusException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Writes a data set of captioned images to a folder in which {@link CaptionSources} finds it. */
public final class CaptionFolder {
    private CaptionFolder() {}

    /**
     * Writes captions as Flickr8k does, features in safetensors, and the lists.
     *
     * @param name what the files are named after
     * @throws CorpusException if the folder holds anything already
     * @throws IOException if something cannot be written
     */
    public static void write(Path root, String name, CaptionData data, ImageFeatures features)
            throws IOException {
        Files.createDirectories(root);
        try (var files = Files.list(root)) {
            if (files.findAny().isPresent()) {
                throw new CorpusException(
                        "%s: expected an empty or new folder, found files in it".formatted(root));
            }
        }
        StringBuilder tokens = new StringBuilder();
        Map<String, CaptionSet> parts =
                Map.of("train", data.train(), "dev", data.dev(), "test", data.test());
        for (String part : List.of("train", "dev", "test")) {
            List<CaptionedImage> images = parts.get(part).images();
            for (CaptionedImage image : images) {
                for (int k = 0; k < image.captions().size(); k++) {
                    tokens.append(image.name())
                            .append('#')
                            .append(k)
                            .append('\t')
                            .append(image.captions().get(k))
                            .append('\n');
                }
            }
            if (!images.isEmpty()) {
                Files.write(
                        root.resolve("%s_%s.txt".formatted(name, part)),
                        images.stream().map(CaptionedImage::name).toList());
            }
        }
        Files.writeString(root.resolve(name + ".token.txt"), tokens);
        Files.write(root.resolve(name + "_features.txt"), features.names());
        new SafetensorsWriter()
                .floats("features", features.values(), features.size(), features.width())
                .write(root.resolve(name + "_features.safetensors"));
    }
}
