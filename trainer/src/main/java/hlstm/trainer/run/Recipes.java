package hlstm.trainer.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The recipes that come with the program, and those in files. */
public final class Recipes {
    private static final List<String> NAMES =
            List.of(
                    "demo-lstm",
                    "demo-hlstm",
                    "demo-grow-prune",
                    "speech-small",
                    "speech-small-dense",
                    "speech-small-lstm",
                    "speech-controls",
                    "speech-accurate",
                    "speech-light",
                    "speech-light-dense",
                    "speech-streaming",
                    "speech-ds2",
                    "speech-ds2-dense",
                    "multi30k-lstm",
                    "multi30k-grow-prune",
                    "multi30k-accurate",
                    "iwslt14-lstm",
                    "iwslt14-grow-prune",
                    "numbers-grow-prune",
                    "captions-38x",
                    "captions-20x",
                    "captions-10x",
                    "captions-dense",
                    "captions-lstm",
                    "captions-coco",
                    "demo-captions-lstm",
                    "demo-captions-grown");

    private Recipes() {}

    /** Names of the recipes that come with the program. */
    public static List<String> names() {
        return NAMES;
    }

    /** All recipes that come with the program. */
    public static List<Recipe> all() {
        return NAMES.stream().map(Recipes::named).toList();
    }

    /**
     * A recipe that comes with the program.
     *
     * @throws IllegalArgumentException if there is none of this name; the message suggests one
     */
    public static Recipe named(String name) {
        if (!NAMES.contains(name)) {
            throw new IllegalArgumentException(
                    "unknown recipe '%s'%s (there are %s, and files ending in .json)"
                            .formatted(
                                    name,
                                    NearestName.question(name, NAMES),
                                    String.join(", ", NAMES)));
        }
        String resource = "/hlstm/trainer/recipes/" + name + ".json";
        try (InputStream in = Recipes.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the program's recipe is missing: " + resource);
            }
            return Recipe.fromJson(
                    new String(in.readAllBytes(), StandardCharsets.UTF_8), "recipe " + name);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the recipe " + name, e);
        }
    }

    /**
     * The recipe itself, if it is one of a task.
     *
     * @param type of the task's recipes
     * @throws IllegalArgumentException if it is of another task; the message says of which
     */
    public static <R extends Recipe> R require(Class<R> type, Recipe recipe) {
        if (!type.isInstance(recipe)) {
            throw new IllegalArgumentException(
                    "the recipe %s is for %s: train it with 'hlstm train %s', or choose another"
                                    .formatted(
                                            recipe.name(),
                                            RecipeKind.of(recipe).label(),
                                            RecipeKind.of(recipe).label())
                            + " recipe");
        }
        return type.cast(recipe);
    }

    /**
     * A recipe by its name or, if the text ends in {@code .json}, from a file.
     *
     * @throws IllegalArgumentException if there is none, or the file is no recipe
     */
    public static Recipe resolve(String nameOrFile) {
        if (!nameOrFile.endsWith(".json")) {
            return named(nameOrFile);
        }
        try {
            return Recipe.fromJson(Files.readString(Path.of(nameOrFile)), nameOrFile);
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read the recipe file " + nameOrFile, e);
        }
    }
}
