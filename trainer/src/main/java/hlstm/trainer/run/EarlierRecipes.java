package hlstm.trainer.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Recipes that earlier versions wrote, such as those in the folders of runs: settings that came
 * later are added with the values under which nothing changes.
 */
final class EarlierRecipes {
    private EarlierRecipes() {}

    /** The tree with every later setting whose group it has. */
    static ObjectNode completed(ObjectNode recipe) {
        ObjectNode completed = recipe.deepCopy();
        addIfMissing(completed, "/augmentation", "tempo", DoubleNode.valueOf(0));
        if (!completed.has("task")) {
            ObjectNode distillation = JsonNodeFactory.instance.objectNode();
            distillation.put("weight", 0.0);
            addIfMissing(completed, "", "distillation", distillation);
        }
        ObjectNode goal = JsonNodeFactory.instance.objectNode();
        goal.put("kind", GoalSettings.NONE);
        goal.put("value", 0.0);
        addIfMissing(completed, "/growAndPrune", "goal", goal);
        if (completed.at("/growAndPrune/geometry") instanceof ObjectNode geometry
                && !geometry.has("attention")
                && !geometry.has("output")) {
            geometry.put("attention", GrowAndPruneSettings.DENSE);
            geometry.put("output", GrowAndPruneSettings.DENSE);
        }
        addIfMissing(completed, "/growAndPrune/pruning", "outputDensity", DoubleNode.valueOf(0));
        addIfMissing(completed, "/growAndPrune/pruning", "groupLasso", DoubleNode.valueOf(0));
        addIfMissing(completed, "/optimizer", "averageDecay", DoubleNode.valueOf(0));
        addIfMissing(completed, "/text", "mergeDropout", DoubleNode.valueOf(0));
        addIfMissing(completed, "/translator", "tiedOutput", BooleanNode.FALSE);
        addIfMissing(completed, "/translator", "concatenated", BooleanNode.FALSE);
        addIfMissing(completed, "/translator", "embeddingBound", DoubleNode.valueOf(0.1));
        return completed;
    }

    private static void addIfMissing(
            ObjectNode recipe, String group, String setting, JsonNode value) {
        if (recipe.at(group) instanceof ObjectNode settings && !settings.has(setting)) {
            settings.set(setting, value);
        }
    }
}
