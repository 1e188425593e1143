package hlstm.trainer.cli;

import hlstm.trainer.run.Recipe;
import hlstm.trainer.run.Recipes;
import hlstm.trainer.run.Setting;
import hlstm.trainer.run.Settings;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hlstm recipes}: the recipes that come with the program, or the settings of one. */
@Command(
        name = "recipes",
        description = {
            "List the recipes of the program, or show one.",
            "The text of a recipe, saved as a file ending in .json and changed, is a recipe of"
                    + " your own."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  hlstm recipes",
            "  hlstm recipes --settings",
            "  hlstm recipes speech-small > my-recipe.json",
            "  hlstm train speech --data DIR --out DIR --recipe my-recipe.json"
        })
final class RecipesCommand implements Callable<Integer> {
    private static final String DEFAULT = "speech-small";
    private static final int VALUE_COLUMN = 36;

    @Spec private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "NAME",
            description = "The recipe whose settings are shown, as JSON.")
    private String name;

    @Option(
            names = "--settings",
            description =
                    "Explain every setting: what it means, what it may be, and its value in the"
                            + " recipe, by default "
                            + DEFAULT
                            + ".")
    private boolean settings;

    @Option(names = "--json", description = "Print the list as JSON.")
    private boolean json;

    RecipesCommand() {}

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        if (settings) {
            explain(out, resolve(name == null ? DEFAULT : name));
        } else if (name != null) {
            out.print(Printable.lines(resolve(name).toJson()));
        } else if (json) {
            Map<String, String> descriptions = new LinkedHashMap<>();
            for (Recipe recipe : Recipes.all()) {
                descriptions.put(recipe.name(), recipe.description());
            }
            out.println(Json.text(descriptions));
        } else {
            Table table = new Table("recipe", "trains");
            for (Recipe recipe : Recipes.all()) {
                table.row(recipe.name(), recipe.description());
            }
            out.print(table);
        }
        return 0;
    }

    private Recipe resolve(String recipe) {
        try {
            return Recipes.resolve(recipe);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private void explain(PrintWriter out, Recipe recipe) {
        Map<String, String> values = recipe.settings();
        if (json) {
            List<Map<String, Object>> list = new ArrayList<>();
            for (Setting setting : Settings.ofRecipe(recipe)) {
                Map<String, Object> line = new LinkedHashMap<>();
                line.put("key", setting.key());
                line.put("type", setting.type().label());
                line.put("allowed", setting.allowed());
                line.put("value", values.get(setting.key()));
                line.put("meaning", setting.meaning());
                list.add(line);
            }
            out.println(Json.text(list));
            return;
        }
        out.println(
                "The values are those of %s; --set KEY=VALUE changes one."
                        .formatted(Printable.of(recipe.name())));
        out.println("In a range, [ and ] stand beside an end that belongs to it, ( and ) beside");
        out.println("one that does not.");
        String group = "";
        for (Setting setting : Settings.ofRecipe(recipe)) {
            String own = setting.key().replaceFirst("\\.?[^.]*$", "");
            if (!own.equals(group)) {
                out.println();
                group = own;
            }
            out.println(padded(setting.key()) + setting.meaning());
            String value = Printable.of(values.get(setting.key()));
            out.println(padded("    " + value) + allowed(setting));
        }
    }

    private static String allowed(Setting setting) {
        if (setting.allowed().isEmpty()) {
            return setting.type().label();
        }
        return setting.range() == null
                ? "one of " + setting.allowed()
                : setting.type().label() + ", " + setting.allowed();
    }

    private static String padded(String text) {
        return text + " ".repeat(Math.max(2, VALUE_COLUMN - text.length()));
    }
}
