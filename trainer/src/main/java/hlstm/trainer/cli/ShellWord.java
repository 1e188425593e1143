package hlstm.trainer.cli;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Arguments in commands that are suggested, so that a shell reads them back as they are. */
final class ShellWord {
    private static final Pattern PLAIN =
            Pattern.compile("[\\p{L}\\p{N}_./:@%+,][\\p{L}\\p{N}_./:@%+=,-]*");

    private ShellWord() {}

    /** A path; one that would be taken for an option begins with {@code ./}. */
    static String of(Path path) {
        String text = path.toString();
        return of(text.startsWith("-") ? "." + File.separator + text : text);
    }

    /**
     * A word: as it is where a shell leaves it alone, else in single quotes, or with octal escapes
     * ({@code $'...'}) where it has characters that a terminal would obey. On Windows in double
     * quotes.
     */
    static String of(String text) {
        return of(text, File.separatorChar == '\\');
    }

    static String of(String text, boolean windows) {
        if (windows) {
            String word = Printable.of(text);
            return PLAIN.matcher(word.replace('\\', '/')).matches() ? word : "\"" + word + "\"";
        }
        if (PLAIN.matcher(text).matches()) {
            return text;
        }
        return Printable.of(text).equals(text)
                ? "'" + text.replace("'", "'\\''") + "'"
                : escaped(text);
    }

    private static String escaped(String text) {
        StringBuilder word = new StringBuilder("$'");
        text.codePoints()
                .forEach(
                        point -> {
                            String character = Character.toString(point);
                            if (point == '\'' || point == '\\') {
                                word.append('\\').append(character);
                            } else if (Printable.of(character).equals(character)) {
                                word.append(character);
                            } else {
                                for (byte b : character.getBytes(StandardCharsets.UTF_8)) {
                                    word.append("\\%03o".formatted(b & 0xff));
                                }
                            }
                        });
        return word.append('\'').toString();
    }
}
