package hlstm.trainer.cli;

import hlstm.trainer.run.Recipe;
import hlstm.trainer.run.Recipes;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hlstm recipes}: the recipes that come with the program, or the settings of one. */
@Command(
        name = "recipes",
        description = {
            "List the recipes that come with the program, or show the settings of one.",
            "The text of a recipe, saved as a file ending in .json and changed, is a recipe of your"
                    + " own."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  hlstm recipes",
            "  hlstm recipes speech-small > my-recipe.json",
            "  hlstm train speech --data DIR --out DIR --recipe my-recipe.json"
        })
final class RecipesCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "NAME",
            description = "The recipe whose settings are shown, as JSON.")
    private String name;

    @Option(names = "--json", description = "Print the list as JSON.")
    private boolean json;

    RecipesCommand() {}

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        if (name != null) {
            out.print(Printable.lines(Recipes.resolve(name).toJson()));
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
}
