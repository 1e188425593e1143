package hlstm.trainer.scenes;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** Says what is in a scene, in different words. */
final class SceneCaptions {
    private static final List<String> NUMBERS = List.of("one", "two", "three");

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
        String a = phrase(first, random);
        String b = phrase(second, random);
        return switch (random.nextInt(4)) {
            case 0 -> "%s %s %s.".formatted(a, relation.words(), b);
            case 1 -> "There %s %s %s %s.".formatted(verb(first), a, relation.words(), b);
            case 2 -> "%s %s %s %s.".formatted(a, verb(first), relation.otherWords(), b);
            default -> "%s with %s %s.".formatted(a, b, side(relation.opposite()));
        };
    }

    private static String alone(Things things, SplittableRandom random) {
        String a = phrase(things, random);
        return switch (random.nextInt(3)) {
            case 0 -> "A picture of %s.".formatted(a);
            case 1 -> "There %s %s.".formatted(verb(things), a);
            default -> "%s and nothing else.".formatted(a);
        };
    }

    /** Such as "two small red circles". */
    private static String phrase(Things things, SplittableRandom random) {
        String size =
                things.large()
                        ? random.nextBoolean() ? "large" : "big"
                        : random.nextBoolean() ? "small" : "little";
        String number =
                things.count() == 1 && random.nextInt(4) > 0
                        ? "a"
                        : NUMBERS.get(things.count() - 1);
        return "%s %s %s %s%s"
                .formatted(
                        number,
                        size,
                        things.paint().word(),
                        things.shape().noun(),
                        things.count() == 1 ? "" : "s");
    }

    private static String verb(Things things) {
        return things.count() == 1 ? "is" : "are";
    }

    private static String side(Relation relation) {
        return switch (relation) {
            case LEFT -> "on the left";
            case RIGHT -> "on the right";
            case ABOVE -> "on top";
            case BELOW -> "at the bottom";
        };
    }
}
