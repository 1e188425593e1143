package hlstm.trainer.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whoever copies a training from the documents gets it without an error or a warning. */
class DocumentedSettingsTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern COMMAND =
            Pattern.compile("hlstm train speech (?:[^\\n`]|(?<=\\\\)\\n)*");
    private static final Pattern RECIPE = Pattern.compile("--recipe (\\S+)");
    private static final Pattern SETTING = Pattern.compile("--set (\\S+=\\S*)");

    @Test
    void commandsInTheDocumentsGiveNoWarning() throws Exception {
        int checked = 0;
        for (Path document : documents()) {
            Matcher command = COMMAND.matcher(Files.readString(document));
            while (command.find()) {
                List<String> settings = new ArrayList<>();
                Matcher setting = SETTING.matcher(command.group());
                while (setting.find()) {
                    settings.add(setting.group(1));
                }
                Recipe recipe = base(command.group()).with(settings);
                assertEquals(List.of(), recipe.warnings(), document + ": " + command.group());
                checked += settings.isEmpty() ? 0 : 1;
            }
        }
        assertTrue(checked >= 3, "commands with settings: " + checked);
    }

    private static List<Path> documents() throws Exception {
        try (Stream<Path> pages = Files.list(ROOT.resolve("docs"))) {
            return Stream.concat(Stream.of(ROOT.resolve("README.md")), pages)
                    .filter(page -> page.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    /** The recipe of a command; for one that is the reader's own file, the one it is a copy of. */
    private static Recipe base(String command) {
        Matcher named = RECIPE.matcher(command);
        boolean known = named.find() && !named.group(1).endsWith(".json");
        return Recipes.named(known ? named.group(1) : "speech-small");
    }
}
