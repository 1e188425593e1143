package hlstm.trainer.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;

/** The tasks that there are recipes for. */
public enum RecipeKind {
    /** Speech recognition. Its recipes have no setting {@code task}. */
    SPEECH("speech", SpeechRecipe.class),
    /** Translation of text. */
    TRANSLATION("translation", TranslationRecipe.class),
    /** Captions of images. */
    CAPTIONING("captioning", CaptionRecipe.class);

    private final String label;
    private final Class<? extends Recipe> type;

    RecipeKind(String label, Class<? extends Recipe> type) {
        this.label = label;
        this.type = type;
    }

    /** The task in recipes and on the command line: {@code hlstm train <label>}. */
    public String label() {
        return label;
    }

    Class<? extends Recipe> type() {
        return type;
    }

    /** The task of a recipe. */
    public static RecipeKind of(Recipe recipe) {
        return Arrays.stream(values())
                .filter(kind -> kind.type.isInstance(recipe))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no kind of " + recipe.getClass()));
    }

    /**
     * The task of a recipe's tree.
     *
     * @throws IllegalArgumentException if there is no such task
     */
    static RecipeKind of(JsonNode tree) {
        JsonNode task = tree.get("task");
        if (task == null) {
            return SPEECH;
        }
        List<String> labels = Arrays.stream(values()).map(RecipeKind::label).toList();
        return Arrays.stream(values())
                .filter(kind -> task.isTextual() && kind.label.equals(task.asText()))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "task must be one of %s, found %s"
                                                .formatted(String.join(", ", labels), task)));
    }
}
