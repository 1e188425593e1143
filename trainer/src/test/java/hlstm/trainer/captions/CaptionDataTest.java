package hlstm.trainer.captions;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hlstm.runtime.safetensors.SafetensorsWriter;
import hlstm.trainer.data.CorpusException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class CaptionDataTest {
    private static final String TOKENS =
            """
            a.jpg#0\tA dog runs .
            a.jpg#1\tA brown dog
            b.jpg#0\tTwo cats # sit
            c.jpg#0\tThe sea

            """;

    @TempDir private Path folder;

    @BeforeEach
    void data() throws IOException {
        write("x.token.txt", TOKENS);
        features("x", List.of("b.jpg", "a.jpg", "d.jpg"));
        write("x_train.txt", "a.jpg\nc.jpg\n");
        write("x_dev.txt", "\nb.jpg\r\n");
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    /** Two features for each image: its row and its row times ten. */
    private void features(String stem, List<String> names) throws IOException {
        float[] values = new float[2 * names.size()];
        for (int k = 0; k < names.size(); k++) {
            values[2 * k] = k;
            values[2 * k + 1] = 10 * k;
        }
        new SafetensorsWriter()
                .floats("features", values, names.size(), 2)
                .write(folder.resolve(stem + ".safetensors"));
        write(stem + ".txt", String.join("\n", names));
    }

    private CaptionSources sources() throws IOException {
        return CaptionSources.find(folder, List.of(), List.of(), null, null);
    }

    private CaptionData read() throws IOException {
        return CaptionData.read(sources());
    }

    private static void refused(String part, Executable call) {
        CorpusException e = assertThrows(CorpusException.class, call);
        assertTrue(e.getMessage().contains(part), e.getMessage());
    }

    @Test
    void whatArchivesAddIsPassedOver() throws IOException {
        write("._x.token.txt", "\0\5\26\7");
        Path lemmas = write("x.lemma.token.txt", TOKENS);
        assertEquals(1, read().train().size());
        // But not where it is asked for.
        assertEquals(3, CaptionFiles.read(List.of(lemmas)).size());
    }

    @Test
    void matchesByNameAndTellsWhatIsMissing() throws IOException {
        CaptionData data = read();
        assertEquals(1, data.train().size());
        CaptionedImage image = data.train().images().getFirst();
        assertEquals("a.jpg", image.name());
        assertEquals(List.of("A dog runs .", "A brown dog"), image.captions());
        assertArrayEquals(new float[] {1, 10}, data.train().features(0));
        assertEquals(List.of("Two cats # sit"), data.dev().captions());
        assertEquals(0, data.test().size());
        assertEquals(
                List.of(
                        "1 of 3 captioned images have no features (c.jpg)",
                        "1 of 3 images with features have no captions (d.jpg)",
                        "1 listed images have no captions or no features (c.jpg)"),
                data.report().sentences());
    }

    @Test
    void saysWhatIsMissingWhereNothingMatches() throws IOException {
        features("x", List.of("y1", "y2", "y3", "y4"));
        refused("3 of 3 captioned images have no features (a.jpg, b.jpg, c.jpg)", this::read);
        refused("4 of 4 images with features have no captions (y1, y2, y3, ...)", this::read);
        refused("to learn from", this::read);
    }

    @Test
    void listsMustBeTwoAndDisjoint() throws IOException {
        write("x_dev.txt", "b.jpg\na.jpg\n");
        refused("found a.jpg in", this::read);
        Files.delete(folder.resolve("x_dev.txt"));
        refused("found only", this::read);
        write("y_train.txt", "a.jpg\n");
        refused("choose one with --train", this::sources);
        assertEquals(
                folder.resolve("x_train.txt"),
                CaptionSources.find(
                                folder, List.of(), List.of(), folder.resolve("x_train.txt"), null)
                        .train());
    }

    /** Names of rows are no list, whatever they are called. */
    @Test
    void namesOfRowsAreNoList() throws IOException {
        features("other_train", List.of("z"));
        assertEquals(folder.resolve("x_train.txt"), sources().train());
        assertEquals(2, sources().features().size());
        assertEquals(4, CaptionData.read(sources()).report().featured());
    }

    @Test
    void withoutListsEveryTenthImageIsHeldBack() throws IOException {
        Files.delete(folder.resolve("x_train.txt"));
        Files.delete(folder.resolve("x_dev.txt"));
        StringBuilder tokens = new StringBuilder();
        List<String> names = new ArrayList<>();
        for (int k = 20; k > 0; k--) {
            names.add("n%02d".formatted(k));
            tokens.append(names.getLast()).append(".jpg#0\tcaption ").append(k).append('\n');
        }
        write("x.token.txt", tokens.toString());
        features("x", names);
        CaptionData data = read();
        assertEquals(List.of("caption 10", "caption 20"), data.dev().captions());
        assertEquals(18, data.train().size());
    }

    @Test
    void readsCocoAndItsParts() throws IOException {
        Files.delete(folder.resolve("x_train.txt"));
        Files.delete(folder.resolve("x_dev.txt"));
        Files.delete(folder.resolve("x.token.txt"));
        write(
                "captions_train2017.json",
                """
                {"info": {"year": [1]}, "annotations": [
                  {"image_id": 7, "id": 1, "caption": " A cat. "},
                  {"image_id": 9, "id": 2, "caption": "One\\nmore"},
                  {"image_id": 7, "id": 3, "caption": "Again"}],
                 "images": [{"id": 9, "file_name": "b.jpg"}, {"id": 7, "file_name": "a.jpg"}]}
                """);
        write(
                "captions_val2017.json",
                """
                {"images": [{"id": 5, "file_name": "q/d.jpg"}],
                 "annotations": [{"image_id": 5, "caption": "Sea"}]}
                """);
        CaptionData data = read();
        assertEquals(List.of("A cat.", "Again", "One\nmore"), data.train().captions());
        assertEquals("7", data.train().images().getFirst().id());
        assertEquals(List.of("Sea"), data.dev().captions());
        assertEquals(List.of(), data.report().sentences());
        write(
                "captions_val2017.json",
                """
                {"images": [{"id": 5, "file_name": "d.jpg"}],
                 "annotations": [{"image_id": 6, "caption": "Sea"}]}
                """);
        refused("the image 6", this::read);
        write("captions_val2017.json", "{\"annotations\": [{\"image_id\": 6}]}");
        refused("annotations[0]: expected text as \"caption\", found none", this::read);
        write("captions_val2017.json", "{\"annotations\": [");
        refused("is not JSON", this::read);
        write("captions_val2017.json", "[]");
        refused("expected an object", this::read);
    }

    @Test
    void theNumberOfAnImageIsNotTheNameOfAnother() throws IOException {
        for (String name : List.of("x_train.txt", "x_dev.txt", "x.token.txt")) {
            Files.delete(folder.resolve(name));
        }
        features("x", List.of("2.jpg", "b.jpg", "5"));
        write(
                "captions_train2017.json",
                """
                {"images": [{"id": 2, "file_name": "x.jpg"}, {"id": 1, "file_name": "2.jpg"}],
                 "annotations": [{"image_id": 2, "caption": "X"}, {"image_id": 1, "caption": "Two"}]}
                """);
        write(
                "captions_val2017.json",
                """
                {"images": [{"id": 5, "file_name": "d.jpg"}],
                 "annotations": [{"image_id": 5, "caption": "Sea"}]}
                """);
        CaptionData data = read();
        assertEquals(List.of("Two"), data.train().captions());
        assertEquals(List.of("Sea"), data.dev().captions());
        assertEquals(
                "1 of 3 captioned images have no features (x.jpg)",
                data.report().sentences().getFirst());
    }

    @Test
    void readsAKarpathySplit() throws IOException {
        Files.delete(folder.resolve("x_train.txt"));
        Files.delete(folder.resolve("x_dev.txt"));
        Files.delete(folder.resolve("x.token.txt"));
        String form =
                "{\"dataset\": \"coco\", \"images\": ["
                        + "{\"filename\": \"a.jpg\", \"cocoid\": 3, \"split\": \"restval\","
                        + " \"sentences\": [{\"raw\": \"A dog\", \"tokens\": [\"a\"]}]},"
                        + "{\"filename\": \"b.jpg\", \"imgid\": 4, \"split\": \"%s\","
                        + " \"sentences\": [{\"raw\": \"A cat\"}, {\"raw\": \"Cats\"}]},"
                        + "{\"filename\": \"d.jpg\", \"split\": \"test\", \"sentences\": []}]}";
        write("dataset_coco.json", form.formatted("val"));
        CaptionData data = read();
        assertEquals(List.of("A dog"), data.train().captions());
        assertEquals("3", data.train().images().getFirst().id());
        assertEquals(List.of("A cat", "Cats"), data.dev().captions());
        assertEquals("b.jpg", data.dev().images().getFirst().id());
        write("dataset_coco.json", form.formatted("other"));
        refused("images[1]: expected the split", this::read);
    }

    /** Images that are kept for a last measurement are not learned from. */
    @Test
    void aTestListAloneHoldsItsImagesBack() throws IOException {
        Files.delete(folder.resolve("x_train.txt"));
        Files.delete(folder.resolve("x_dev.txt"));
        StringBuilder tokens = new StringBuilder();
        List<String> names = new ArrayList<>();
        for (int k = 1; k <= 20; k++) {
            names.add("n%02d".formatted(k));
            tokens.append(names.getLast()).append(".jpg#0\tcaption ").append(k).append('\n');
        }
        write("x.token.txt", tokens.toString());
        features("x", names);
        write("x_test.txt", "n03.jpg\nn19.jpg\nnone.jpg\n");
        CaptionData data = read();
        assertEquals(List.of("caption 3", "caption 19"), data.test().captions());
        assertEquals(List.of("caption 11"), data.dev().captions());
        assertEquals(17, data.train().size());
        assertTrue(data.report().sentences().toString().contains("none.jpg"));
    }

    @Test
    void listsNameEachImageOnce() throws IOException {
        Path list = write("twice.list", "a.jpg\nb.jpg\nq/a.png\n");
        refused(
                "found q/a.png again",
                () -> CaptionData.listed(sources().captions(), sources().features(), list));
        refused("found q/a.png again", () -> FeatureFiles.read(sources().features()).rows(list));
    }

    private void coco(String name, int id, String image) throws IOException {
        write(
                name,
                """
                {"images": [{"id": %d, "file_name": "%s"}],
                 "annotations": [{"image_id": %d, "caption": "Sea"}]}
                """
                        .formatted(id, image, id));
    }

    @Test
    void releasesOfCocoNameTheSameImages() throws IOException {
        for (String name : List.of("x_train.txt", "x_dev.txt", "x.token.txt")) {
            Files.delete(folder.resolve(name));
        }
        features("x", List.of("11", "COCO_val2014_000000000012.jpg"));
        coco("captions_train2017.json", 11, "000000000011.jpg");
        coco("captions_val2014.json", 11, "COCO_val2014_000000000011.jpg");
        refused("expected each image once", this::read);
        coco("captions_val2014.json", 12, "000000000012.jpg");
        write("instances_val2017.json", "{}");
        CaptionData data = read();
        assertEquals(List.of(), data.report().sentences());
        assertArrayEquals(new float[] {1, 10}, data.dev().features(0));
        // Two rows of one number: neither is taken by it.
        features("x", List.of("11", "COCO_val2014_000000000012.jpg", "COCO_test2014_000000000012"));
        refused("have no features (000000000012.jpg)", this::read);
    }

    @Test
    void nothingMayFollowTheJson() throws IOException {
        Path file = write("captions_x.json", "");
        coco("captions_x.json", 1, "a.jpg");
        Files.writeString(file, Files.readString(file) + " {}");
        refused("found more behind it", () -> CaptionFiles.read(List.of(file)));
        write("captions_x.json", "{\"images\": [], \"images\": []}");
        refused("Duplicate field 'images'", () -> CaptionFiles.read(List.of(file)));
    }

    @Test
    void aByteOrderMarkIsNoPartOfAName() throws IOException {
        MatchReport plain = read().report();
        write("x.token.txt", "\uFEFF" + TOKENS);
        write("x.txt", "\uFEFFb.jpg\na.jpg\nd.jpg");
        assertEquals(plain, read().report());
        assertEquals(2, read().train().captions().size());
    }

    @Test
    void refusesMalformedTokens() throws IOException {
        write("x.token.txt", "a.jpg#0\tA dog\nb.jpg A cat\n");
        refused("line 2", this::read);
        write("x.token.txt", "a.jpg\tA dog #1\n");
        refused("line 1", this::read);
    }

    @Test
    void bytesThatAreNoTextAreFound() throws IOException {
        byte[] tokens = "a.jpg#0\tA dog\na.jpg#1\tA ?".getBytes(StandardCharsets.ISO_8859_1);
        tokens[tokens.length - 1] = (byte) 0xff;
        Files.write(folder.resolve("x.token.txt"), tokens);
        IOException e = assertThrows(IOException.class, this::read);
        assertTrue(e.getMessage().contains("x.token.txt, line 2: not UTF-8"), e.getMessage());

        write("x.token.txt", TOKENS);
        Files.write(folder.resolve("x.txt"), new byte[] {'a', '\n', (byte) 0xff});
        e = assertThrows(IOException.class, this::read);
        assertTrue(e.getMessage().contains("x.txt, line 2: not UTF-8"), e.getMessage());
    }

    @Test
    void refusesFeaturesThatDoNotFit() throws IOException {
        write("x.txt", "a.jpg\nb.jpg\n");
        refused("found 3 rows and 2 names", this::read);
        write("x.txt", "a.jpg\nb.jpg\nsub/a.png\n");
        refused("expected each image once, found sub/a.png again", this::read);
        Files.delete(folder.resolve("x.txt"));
        refused("expected the names of its rows", this::read);
        new SafetensorsWriter()
                .floats("a.jpg", new float[] {1, 2}, 2)
                .floats("b.jpg", new float[] {1, Float.NaN}, 2)
                .write(folder.resolve("x.safetensors"));
        refused("found NaN as number 1 of b.jpg", this::read);
        new SafetensorsWriter()
                .floats("a.jpg", new float[] {1, 2}, 2)
                .floats("b.jpg", new float[] {1}, 1)
                .write(folder.resolve("x.safetensors"));
        refused("a vector of the same width", this::read);
        Files.delete(folder.resolve("x.safetensors"));
        refused("expected features of images", this::sources);
    }

    @Test
    void vectorsByName() throws IOException {
        new SafetensorsWriter()
                .floats("a", new float[] {1, 2}, 2)
                .doubles("b", new double[] {3, 4}, 2)
                .write(folder.resolve("x.safetensors"));
        assertArrayEquals(new float[] {3, 4}, read().dev().features(0));
    }

    @Test
    void resultsAreCocos() {
        CocoResults results = new CocoResults();
        results.add(CocoResults.id("COCO_val2014_000000391895.jpg"), "a \"cat\"");
        results.add(CocoResults.id("dir/000000000001.jpg"), "b");
        results.add(CocoResults.id("2782433864_5a0c311d87.jpg"), "c");
        results.add("0123", "d");
        assertEquals(
                """
                [{"image_id":391895,"caption":"a \\"cat\\""},
                {"image_id":1,"caption":"b"},
                {"image_id":"2782433864_5a0c311d87.jpg","caption":"c"},
                {"image_id":"0123","caption":"d"}]
                """,
                results.toJson());
    }
}
