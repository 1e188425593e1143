package hlstm.trainer.run;

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
        if (completed.get("augmentation") instanceof ObjectNode augmentation
                && !augmentation.has("tempo")) {
            augmentation.put("tempo", 0.0);
        }
        if (completed.get("growAndPrune") instanceof ObjectNode structure
                && !structure.has("goal")) {
            ObjectNode goal = JsonNodeFactory.instance.objectNode();
            goal.put("kind", GoalSettings.NONE);
            goal.put("value", 0.0);
            structure.set("goal", goal);
        }
        if (completed.at("/growAndPrune/geometry") instanceof ObjectNode geometry
                && !geometry.has("attention")
                && !geometry.has("output")) {
            geometry.put("attention", GrowAndPruneSettings.DENSE);
            geometry.put("output", GrowAndPruneSettings.DENSE);
        }
        if (completed.at("/growAndPrune/pruning") instanceof ObjectNode pruning
                && !pruning.has("outputDensity")) {
            pruning.put("outputDensity", 0.0);
        }
        if (completed.get("translator") instanceof ObjectNode translator) {
            addIfMissing(translator, "tiedOutput");
            addIfMissing(translator, "concatenated");
        }
        return completed;
    }

    private static void addIfMissing(ObjectNode group, String flag) {
        if (!group.has(flag)) {
            group.put(flag, false);
        }
    }
}
