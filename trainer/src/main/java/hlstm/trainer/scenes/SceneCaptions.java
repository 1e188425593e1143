package hlstm.trainer.scenes;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Says what is in a scene, in different words. */
final class SceneCaptions {
    private static final List<String> NUMBERS = List.of("a", "two", "three");

    private SceneCaptions() {}

    /**
     * Different captions of a scene, by chance.
     *
     * @param count how many, at most 5
     */
    static List<String> of(Scene scene, int count, SplittableRandom random) {
        List<String> left = new ArrayList<>(all(scene));
        List<String> captions = new ArrayList<>();
        while (captions.size() < count) {
            captions.add(left.remove(random.nextInt(left.size())));
        }
        return captions;
    }

    /** Every caption of a scene. */
    static List<String> all(Scene scene) {
        List<String> captions = new ArrayList<>();
        if (scene.second() == null) {
            alone(scene.first(), captions);
        } else {
            // Seen from either side.
            related(scene.first(), scene.relation(), scene.second(), captions);
            related(scene.second(), scene.relation().opposite(), scene.first(), captions);
        }
        captions.replaceAll(
                caption -> Character.toUpperCase(caption.charAt(0)) + caption.substring(1));
        return captions;
    }

    private static void related(
            Things first, Relation relation, Things second, List<String> captions) {
        String a = phrase(first);
        String b = phrase(second);
        captions.add("%s %s %s.".formatted(a, relation.words(), b));
        captions.add("There %s %s %s %s.".formatted(verb(first), a, relation.words(), b));
        captions.add("%s with %s %s.".formatted(a, b, relation.opposite().place()));
    }

    private static void alone(Things things, List<String> captions) {
        String a = phrase(things);
        captions.add("A picture of %s.".formatted(a));
        captions.add("There %s %s.".formatted(verb(things), a));
        captions.add("%s and nothing else.".formatted(a));
        captions.add("Only %s.".formatted(a));
        captions.add("%s on a light ground.".formatted(a));
    }

    /** Such as "two small red circles". */
    private static String phrase(Things things) {
        return "%s %s %s %s%s"
                .formatted(
                        NUMBERS.get(things.count() - 1),
                        things.large() ? "large" : "small",
                        things.paint().word(),
                        things.shape().noun(),
                        things.count() == 1 ? "" : "s");
    }

    private static String verb(Things things) {
        return things.count() == 1 ? "is" : "are";
    }
}
