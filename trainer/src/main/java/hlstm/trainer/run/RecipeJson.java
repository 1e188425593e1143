package hlstm.trainer.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.Collectors;

/** Recipes as JSON. Every setting must be there and no other. */
final class RecipeJson {
    static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                    .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                    .build();

    private RecipeJson() {}

    static String write(Object recipe) {
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer =
                new DefaultPrettyPrinter()
                        .withSeparators(
                                Separators.createDefaultInstance()
                                        .withObjectFieldValueSpacing(Separators.Spacing.AFTER))
                        .withObjectIndenter(lines);
        try {
            return MAPPER.writer(printer).writeValueAsString(recipe) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static ObjectNode tree(Recipe recipe) {
        return MAPPER.valueToTree(recipe);
    }

    static Recipe read(String json, String source) {
        try {
            return convert(MAPPER.readTree(json));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(source + ": " + explain(e), e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(source + ": " + e.getMessage(), e);
        }
    }

    static Recipe fromTree(JsonNode tree) {
        try {
            return convert(tree);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(explain(e), e);
        }
    }

    /**
     * Checks types and ranges before the parser and the parts of a recipe do, whose messages would
     * not name the setting.
     */
    private static Recipe convert(JsonNode tree) throws JsonProcessingException {
        if (!(tree instanceof ObjectNode settings)) {
            throw new IllegalArgumentException(
                    "expected an object that holds the settings of a recipe, found %s; 'hlstm recipes NAME' prints one to start from"
                            .formatted(tree.isMissingNode() ? "nothing" : tree.toString()));
        }
        Settings.check(settings);
        return MAPPER.treeToValue(EarlierRecipes.completed(settings), RecipeKind.of(tree).type());
    }

    private static String explain(JsonProcessingException e) {
        if (!(e instanceof JsonMappingException mapping)) {
            String where =
                    e.getLocation() == null
                            ? ""
                            : " (line %d, column %d)"
                                    .formatted(
                                            e.getLocation().getLineNr(),
                                            e.getLocation().getColumnNr());
            return "not well-formed JSON: " + e.getOriginalMessage() + where;
        }
        String path =
                mapping.getPath().stream()
                        .map(
                                step ->
                                        step.getFieldName() == null
                                                ? Integer.toString(step.getIndex())
                                                : step.getFieldName())
                        .collect(Collectors.joining("."));
        if (mapping instanceof UnrecognizedPropertyException) {
            return "unknown setting '%s'".formatted(path);
        }
        if (mapping.getOriginalMessage().startsWith("Missing creator property")) {
            return "setting '%s' is missing".formatted(path);
        }
        Throwable cause = mapping.getCause();
        String reason =
                cause instanceof IllegalArgumentException
                        ? cause.getMessage()
                        : mapping.getOriginalMessage();
        boolean named = path.isEmpty() || reason.startsWith(path + ".");
        return named ? reason : "%s: %s".formatted(path, reason);
    }
}
