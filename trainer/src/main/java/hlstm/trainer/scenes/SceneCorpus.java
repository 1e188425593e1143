package hlstm.trainer.scenes;

import hlstm.trainer.captions.CaptionData;
import hlstm.trainer.captions.CaptionSet;
import hlstm.trainer.captions.CaptionedImage;
import hlstm.trainer.captions.ImageFeatures;
import hlstm.trainer.captions.MatchReport;
import hlstm.trainer.captions.Part;
import hlstm.trainer.metrics.Tokenization;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Pictures of scenes such as "two small red circles to the left of a large blue square", with
 * captions and features. What is on the pictures of dev and test is on none of training. The same
 * specification gives the same bits.
 */
public final class SceneCorpus {
    /** One scene in this many is shown in dev and test only, the others in training only. */
    private static final int HELD_BACK = 5;

    private final Map<String, Picture> pictures = new LinkedHashMap<>();
    private final Map<String, Scene> scenes = new LinkedHashMap<>();
    private final Map<Part, List<CaptionedImage>> images = new LinkedHashMap<>();
    private final ImageFeatures features;

    private SceneCorpus(SceneCorpusSpec spec) {
        List<float[]> vectors = new ArrayList<>();
        add(Part.TRAIN, spec.trainImages(), spec, vectors);
        add(Part.DEV, spec.devImages(), spec, vectors);
        add(Part.TEST, spec.testImages(), spec, vectors);
        float[] values = new float[vectors.size() * PictureFeatures.WIDTH];
        for (int k = 0; k < vectors.size(); k++) {
            System.arraycopy(
                    vectors.get(k), 0, values, k * PictureFeatures.WIDTH, PictureFeatures.WIDTH);
        }
        features = new ImageFeatures(List.copyOf(pictures.keySet()), values);
    }

    /** The corpus of a specification. */
    public static SceneCorpus generate(SceneCorpusSpec spec) {
        return new SceneCorpus(spec);
    }

    private void add(Part part, int count, SceneCorpusSpec spec, List<float[]> vectors) {
        SplittableRandom random = new SplittableRandom(spec.seed() ^ part.name().hashCode());
        List<CaptionedImage> added = new ArrayList<>();
        while (added.size() < count) {
            Scene scene = Scene.random(random);
            boolean heldBack = Math.floorMod(scene.number() * 0x9e37_79b9 >>> 16, HELD_BACK) == 0;
            if (heldBack == (part == Part.TRAIN)) {
                continue;
            }
            // A generator for each picture, whatever the one before has drawn.
            SplittableRandom own = random.split();
            String name =
                    "scene-%s-%05d.png"
                            .formatted(part.name().toLowerCase(Locale.ROOT), added.size());
            Picture picture = ScenePainter.paint(scene, own);
            pictures.put(name, picture);
            scenes.put(name, scene);
            vectors.add(PictureFeatures.of(picture));
            int captions = part == Part.TRAIN ? spec.captions() : SceneCorpusSpec.MOST_CAPTIONS;
            added.add(new CaptionedImage(name, name, part, SceneCaptions.of(scene, captions, own)));
        }
        images.put(part, added);
    }

    /** The pictures of a part with captions and features. */
    public CaptionSet part(Part part) {
        return new CaptionSet(images.get(part), features);
    }

    /** All parts. */
    public CaptionData data() {
        return new CaptionData(
                part(Part.TRAIN),
                part(Part.DEV),
                part(Part.TEST),
                new MatchReport(
                        pictures.size(),
                        features.size(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of()));
    }

    /**
     * The picture of a name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public Picture picture(String name) {
        return known(pictures.get(name), name);
    }

    /**
     * Whether a caption is one of those that could be written of a picture, each thing, number,
     * size, colour and place right. Capitals and punctuation do not count.
     *
     * @param name of the picture
     * @throws IllegalArgumentException if there is none
     */
    public boolean isRight(String name, String caption) {
        List<String> words = Tokenization.PTB.words(caption);
        return SceneCaptions.all(known(scenes.get(name), name)).stream()
                .anyMatch(right -> Tokenization.PTB.words(right).equals(words));
    }

    private static <T> T known(T value, String name) {
        if (value == null) {
            throw new IllegalArgumentException("there is no picture " + name);
        }
        return value;
    }

    /** The features of all pictures. */
    public ImageFeatures features() {
        return features;
    }
}
