package hlstm.trainer.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The settings of a recipe by their dotted paths. */
final class RecipeSettings {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** Settings that do not change the result of a run. */
    private static final Set<String> WITHOUT_EFFECT = Set.of("description", "training.threads");

    private RecipeSettings() {}

    static Recipe apply(Recipe recipe, List<String> settings) {
        ObjectNode tree = RecipeJson.tree(recipe);
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException(
                        "a setting is written key=value, as in network.width=128, found '%s'"
                                .formatted(setting));
            }
            set(tree, setting.substring(0, equals).strip(), setting.substring(equals + 1));
        }
        return RecipeJson.fromTree(tree);
    }

    static List<String> differences(Recipe recipe, Recipe other) {
        Map<String, JsonNode> theirs = flatten(RecipeJson.tree(other));
        List<String> differences = new ArrayList<>();
        flatten(RecipeJson.tree(recipe))
                .forEach(
                        (key, value) -> {
                            if (!WITHOUT_EFFECT.contains(key) && !value.equals(theirs.get(key))) {
                                differences.add(
                                        "%s: %s, %s".formatted(key, value, theirs.get(key)));
                            }
                        });
        return differences;
    }

    /** Every setting that changes the result, by its path. */
    static Map<String, String> effective(Recipe recipe) {
        Map<String, String> settings = texts(recipe);
        settings.keySet().removeAll(WITHOUT_EFFECT);
        return settings;
    }

    /** Every setting, by its path. */
    static Map<String, String> texts(Recipe recipe) {
        Map<String, String> settings = new LinkedHashMap<>();
        flatten(RecipeJson.tree(recipe))
                .forEach(
                        (key, value) ->
                                settings.put(
                                        key,
                                        value.isTextual() ? value.asText() : value.toString()));
        return settings;
    }

    private static void set(ObjectNode tree, String key, String value) {
        Map<String, JsonNode> known = flatten(tree);
        JsonNode old = known.get(key);
        if (old == null) {
            throw unknown(tree.path("name").asText(), key, known.keySet());
        }
        int dot = key.lastIndexOf('.');
        ObjectNode group =
                dot < 0
                        ? tree
                        : (ObjectNode) tree.at("/" + key.substring(0, dot).replace('.', '/'));
        group.set(key.substring(dot + 1), parse(key, value, old));
    }

    private static IllegalArgumentException unknown(String recipe, String key, Set<String> known) {
        if (known.stream().anyMatch(k -> k.startsWith(key + "."))) {
            return new IllegalArgumentException(
                    "'%s' is a group of settings: set one of %s"
                            .formatted(
                                    key,
                                    String.join(
                                            ", ",
                                            known.stream()
                                                    .filter(k -> k.startsWith(key + "."))
                                                    .toList())));
        }
        return new IllegalArgumentException(
                "unknown setting '%s'%s ('hlstm recipes --settings %s' lists all)"
                        .formatted(key, NearestName.question(key, known), recipe));
    }

    private static JsonNode parse(String key, String text, JsonNode old) {
        if (old.isTextual()) {
            return NODES.textNode(text); // its spaces may be meant
        }
        String value = text.strip();
        try {
            if (old.isBoolean()) {
                if (!value.equals("true") && !value.equals("false")) {
                    throw wrongType(key, Setting.Type.FLAG, value);
                }
                return NODES.booleanNode(Boolean.parseBoolean(value));
            }
            if (old.isIntegralNumber()) {
                return NODES.numberNode(new BigInteger(value));
            }
            if (old.isNumber()) {
                return NODES.numberNode(Double.parseDouble(value));
            }
            String list = value.startsWith("[") ? value : "[" + value + "]";
            return RecipeJson.MAPPER.readTree(list);
        } catch (NumberFormatException e) {
            boolean whole = old.isIntegralNumber();
            throw wrongType(key, whole ? Setting.Type.WHOLE : Setting.Type.NUMBER, value);
        } catch (JsonProcessingException e) {
            throw wrongType(key, Setting.Type.LIST, value);
        }
    }

    private static IllegalArgumentException wrongType(
            String key, Setting.Type expected, String found) {
        return new IllegalArgumentException(
                "%s must be %s, found '%s'".formatted(key, expected.expected(), found));
    }

    /** Every setting of a tree, by its path. */
    static Map<String, JsonNode> flatten(ObjectNode tree) {
        Map<String, JsonNode> settings = new LinkedHashMap<>();
        flatten("", tree, settings);
        return settings;
    }

    private static void flatten(String prefix, ObjectNode tree, Map<String, JsonNode> settings) {
        for (Map.Entry<String, JsonNode> field : tree.properties()) {
            if (field.getValue() instanceof ObjectNode group) {
                flatten(prefix + field.getKey() + ".", group, settings);
            } else {
                settings.put(prefix + field.getKey(), field.getValue());
            }
        }
    }
}
