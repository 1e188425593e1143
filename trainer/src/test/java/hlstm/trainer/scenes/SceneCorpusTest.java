package hlstm.trainer.scenes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hlstm.trainer.captions.CaptionData;
import hlstm.trainer.captions.CaptionFolder;
import hlstm.trainer.captions.CaptionSources;
import hlstm.trainer.captions.CaptionedImage;
import hlstm.trainer.captions.Part;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SceneCorpusTest {
    private static final SceneCorpusSpec SMALL = new SceneCorpusSpec(60, 20, 20, 5, 7);

    private static int[] area(Scene scene, Paint paint) {
        Picture picture = ScenePainter.paint(scene, new SplittableRandom(3));
        int[] area = new int[4]; // left, right, upper, lower half
        for (int y = 0; y < picture.size(); y++) {
            for (int x = 0; x < picture.size(); x++) {
                boolean painted = true;
                for (int channel = 0; channel < 3; channel++) {
                    painted &= Math.abs(picture.value(x, y, channel) - paint.channel(channel)) <= 8;
                }
                if (painted) {
                    area[x < picture.size() / 2 ? 0 : 1]++;
                    area[y < picture.size() / 2 ? 2 : 3]++;
                }
            }
        }
        return area;
    }

    /** The areas of shapes of radius 1, which are known. */
    @Test
    void shapesHaveTheirAreas() {
        double[] areas = new double[Shape.values().length];
        int steps = 800;
        for (Shape shape : Shape.values()) {
            for (int k = 0; k < steps * steps; k++) {
                double x = (k % steps + 0.5) / steps * 2 - 1;
                double y = (k / steps + 0.5) / steps * 2 - 1;
                areas[shape.ordinal()] += shape.contains(x, y, 0.1) ? 4.0 / steps / steps : 0;
            }
        }
        // The boundary crosses at most a few thousand of the 640,000 points.
        double tolerance = 0.02;
        assertEquals(Math.PI, areas[Shape.CIRCLE.ordinal()], tolerance);
        assertEquals(2, areas[Shape.SQUARE.ordinal()], tolerance);
        assertEquals(3 * Math.sqrt(3) / 4, areas[Shape.TRIANGLE.ordinal()], tolerance);
        // Ten triangles between a corner, a point of the waist (radius .42) and the middle.
        assertEquals(10 * 0.42 * Math.sin(Math.PI / 5) / 2, areas[Shape.STAR.ordinal()], tolerance);
        assertTrue(Shape.TRIANGLE.contains(0, 0.99, 0), "a corner on top");
        assertTrue(Shape.SQUARE.contains(0.7, 0.7, 0), "sides are level");
    }

    @Test
    void picturesShowWhatIsInTheScene() {
        Things reds = new Things(2, true, Paint.RED, Shape.SQUARE);
        Things blue = new Things(1, false, Paint.BLUE, Shape.CIRCLE);
        int[] left = area(new Scene(reds, blue, Relation.LEFT), Paint.RED);
        assertTrue(left[0] > 150 && left[1] == 0, "squares on the left");
        int[] right = area(new Scene(reds, blue, Relation.LEFT), Paint.BLUE);
        assertTrue(right[0] == 0 && right[1] > 40, "a circle on the right");
        int[] below = area(new Scene(reds, blue, Relation.BELOW), Paint.RED);
        assertTrue(below[2] == 0 && below[3] > 150, "squares below");
        int[] one =
                area(
                        new Scene(new Things(1, true, Paint.RED, Shape.SQUARE), null, null),
                        Paint.RED);
        double ratio = (double) (left[0] + left[1]) / (one[0] + one[1]);
        assertTrue(ratio > 1.7 && ratio < 2.4, "two have twice the area of one: " + ratio);
    }

    @Test
    void captionsSayWhatIsInTheScene() {
        Scene scene =
                new Scene(
                        new Things(3, false, Paint.GREEN, Shape.STAR),
                        new Things(1, true, Paint.RED, Shape.TRIANGLE),
                        Relation.ABOVE);
        Set<String> seen = new HashSet<>();
        SplittableRandom random = new SplittableRandom(1);
        for (int k = 0; k < 200; k++) {
            seen.addAll(SceneCaptions.of(scene, 5, random));
        }
        // Two sides, each in three ways.
        assertEquals(
                Set.of(
                        "Three small green stars above a large red triangle.",
                        "There are three small green stars above a large red triangle.",
                        "Three small green stars with a large red triangle at the bottom.",
                        "A large red triangle below three small green stars.",
                        "There is a large red triangle below three small green stars.",
                        "A large red triangle with three small green stars on top."),
                seen);
        Scene alone = new Scene(new Things(2, true, Paint.BLUE, Shape.CIRCLE), null, null);
        assertTrue(
                SceneCaptions.of(alone, 5, random).contains("There are two large blue circles."));
        assertEquals(5, new HashSet<>(SceneCaptions.of(scene, 5, random)).size());
    }

    @Test
    void aCaptionIsRightIfEveryDetailIs() {
        SceneCorpus corpus = SceneCorpus.generate(SMALL);
        for (CaptionedImage image : corpus.part(Part.TEST).images()) {
            String caption = image.captions().getFirst();
            assertTrue(corpus.isRight(image.name(), caption), caption);
            assertTrue(corpus.isRight(image.name(), caption.toLowerCase().replace(".", "")));
            assertFalse(corpus.isRight(image.name(), caption.replace("large", "small") + " x"));
            String other = caption.contains("large") ? "large" : "small";
            String turned = caption.replaceFirst(other, other.equals("large") ? "small" : "large");
            assertFalse(corpus.isRight(image.name(), turned), turned);
        }
        assertThrows(IllegalArgumentException.class, () -> corpus.isRight("none.png", "a dog"));
    }

    /** What is left of something is not wholly above or below it too: captions are unambiguous. */
    @Test
    void thingsOnBothSidesAreBesideEachOther() {
        SplittableRandom random = new SplittableRandom(5);
        for (int k = 0; k < 300; k++) {
            Scene scene = Scene.random(random);
            Picture picture = ScenePainter.paint(scene, random.split());
            Region first = box(picture, scene.first());
            if (scene.second() != null) {
                Region second = box(picture, scene.second());
                boolean apartSideways =
                        first.right() < second.left() || second.right() < first.left();
                boolean apartUpright =
                        first.bottom() < second.top() || second.bottom() < first.top();
                assertEquals(scene.relation().sideways(), apartSideways, scene.toString());
                assertEquals(!scene.relation().sideways(), apartUpright, scene.toString());
            }
        }
    }

    /** Also checks that as many regions are seen as there are things. */
    private static Region box(Picture picture, Things things) {
        List<Region> regions =
                Region.of(PictureFeatures.cover(picture, things.paint()), picture.size());
        assertEquals(things.count(), regions.size(), things.toString());
        return regions.stream().reduce(Region::and).orElseThrow();
    }

    @Test
    void regionsHangTogetherByTheirSides() {
        String[] rows = {
            "###....#", //
            "#.#....#",
            "###.#..#",
            "...#...#",
            "..###..#",
            "...#...#",
            "........",
            "........"
        };
        double[] cover = new double[64];
        for (int k = 0; k < 64; k++) {
            cover[k] = rows[k / 8].charAt(k % 8) == '#' ? 0.9 : 0.1;
        }
        // The cross has five points, with the one beside its tip only by a corner: a speck.
        assertEquals(
                List.of(new Region(8, 0, 2, 0, 2), new Region(6, 7, 7, 0, 5)), Region.of(cover, 8));
        assertEquals(6, Region.of(cover, 8).get(1).extent());
    }

    @Test
    void theSameScenesHaveTheSameNumber() {
        Things a = new Things(1, true, Paint.RED, Shape.STAR);
        Things b = new Things(2, true, Paint.BLUE, Shape.STAR);
        assertEquals(
                new Scene(a, b, Relation.LEFT).number(), new Scene(b, a, Relation.RIGHT).number());
        assertNotEquals(
                new Scene(a, b, Relation.LEFT).number(), new Scene(a, b, Relation.RIGHT).number());
        assertNotEquals(
                new Scene(a, b, Relation.LEFT).number(), new Scene(a, b, Relation.ABOVE).number());
    }

    @Test
    void theSameSeedGivesTheSameBits() {
        CaptionData first = SceneCorpus.generate(SMALL).data();
        CaptionData second = SceneCorpus.generate(SMALL).data();
        CaptionData other = SceneCorpus.generate(new SceneCorpusSpec(60, 20, 20, 5, 8)).data();
        assertEquals(60, first.train().size());
        assertEquals(20, first.test().size());
        assertEquals(first.train().captions(), second.train().captions());
        assertNotEquals(first.train().captions(), other.train().captions());
        for (int k = 0; k < 60; k++) {
            assertArrayEquals(first.train().features(k), second.train().features(k));
            for (float feature : first.train().features(k)) {
                assertTrue(Math.abs(feature) < 5, "a feature of " + feature);
            }
        }
    }

    @Test
    void heldBackScenesAreOfOtherContent() {
        SceneCorpus corpus = SceneCorpus.generate(new SceneCorpusSpec(800, 100, 100, 5, 7));
        Set<String> learned = new HashSet<>(corpus.part(Part.TRAIN).captions());
        for (Part part : List.of(Part.DEV, Part.TEST)) {
            for (String caption : corpus.part(part).captions()) {
                assertFalse(learned.contains(caption), caption);
            }
        }
    }

    @Test
    void readsWhatIsWritten(@TempDir Path folder) throws IOException {
        SceneCorpus corpus = SceneCorpus.generate(SMALL);
        CaptionFolder.write(folder, "scenes", corpus.data(), corpus.features());
        CaptionData read =
                CaptionData.read(CaptionSources.find(folder, List.of(), List.of(), null, null));
        assertEquals(List.of(), read.report().sentences());
        assertEquals(corpus.part(Part.TEST).captions(), read.test().captions());
        assertEquals(corpus.part(Part.DEV).captions(), read.dev().captions());
        for (int k = 0; k < read.train().size(); k++) {
            CaptionedImage image = read.train().images().get(k);
            assertEquals(corpus.part(Part.TRAIN).images().get(k).name(), image.name());
            assertArrayEquals(corpus.part(Part.TRAIN).features(k), read.train().features(k));
        }
        assertThrows(
                IOException.class,
                () -> CaptionFolder.write(folder, "x", corpus.data(), corpus.features()));
    }

    @Test
    void refusesImpossibleSizes() {
        assertThrows(IllegalArgumentException.class, () -> new SceneCorpusSpec(0, 1, 1, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new SceneCorpusSpec(1, 1, 1, 6, 1));
    }
}
