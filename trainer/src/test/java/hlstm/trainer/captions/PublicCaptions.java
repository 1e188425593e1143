package hlstm.trainer.captions;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The public data sets of the folder of data; tests are skipped, with a line, where it has none.
 */
public final class PublicCaptions {
    /** Where captions and features lie. */
    static final Path DATA =
            Path.of(System.getProperty("hlstm.data", "../../shared/data"), "captioning");

    private PublicCaptions() {}

    static Path file(String name) {
        Path file = DATA.resolve(name);
        assumeTrue(Files.exists(file), "skipped: no " + file);
        return file;
    }

    /** Unpacks COCO's own captions_val2017.json into a folder. */
    public static Path coco(Path folder) throws IOException, InterruptedException {
        Path packed = file("coco_captions_val2017.json.xz");
        Path captions = folder.resolve("captions_val2017.json");
        assumeTrue(unpack(packed, captions), "skipped: no program xz to unpack " + packed);
        return captions;
    }

    /** The names of the first images of a file of captions. */
    public static List<String> names(Path captions, int most) throws IOException {
        return CaptionFiles.read(List.of(captions)).stream()
                .limit(most)
                .map(CaptionedImage::name)
                .toList();
    }

    private static boolean unpack(Path packed, Path to) throws InterruptedException {
        try {
            Process xz =
                    new ProcessBuilder("xz", "-dc", packed.toString())
                            .redirectOutput(to.toFile())
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            return xz.waitFor(1, TimeUnit.MINUTES) && xz.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
