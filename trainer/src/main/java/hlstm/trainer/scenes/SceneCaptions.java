package hlstm.trainer.scenes;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
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
        Set<String> captions = new LinkedHashSet<>();
        while (captions.size() < count) {
            String caption = caption(scene, random);
            captions.add(Character.toUpperCase(caption.charAt(0)) + caption.substring(1));
        }
        return new ArrayList<>(captions);
    }

    private static String caption(Scene scene, SplittableRandom random) {
        if (scene.second() == null) {
            return alone(scene.first(), random);
        }
        // Seen from either side.
        boolean turned = random.nextBoolean();
        Things first = turned ? scene.second() : scene.first();
        Things second = turned ? scene.first() : scene.second();
        Relation relation = turned ? scene.relation().opposite() : scene.relation();
        String a = phrase(first);
        String b = phrase(second);
        return switch (random.nextInt(3)) {
            case 0 -> "%s %s %s.".formatted(a, relation.words(), b);
            case 1 -> "There %s %s %s %s.".formatted(verb(first), a, relation.words(), b);
            default -> "%s with %s %s.".formatted(a, b, relation.opposite().place());
        };
    }

    private static String alone(Things things, SplittableRandom random) {
        String a = phrase(things);
        return switch (random.nextInt(5)) {
            case 0 -> "A picture of %s.".formatted(a);
            case 1 -> "There %s %s.".formatted(verb(things), a);
            case 2 -> "%s and nothing else.".formatted(a);
            case 3 -> "Only %s.".formatted(a);
            default -> "%s on a light ground.".formatted(a);
        };
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
