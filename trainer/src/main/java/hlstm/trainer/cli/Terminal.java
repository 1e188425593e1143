package hlstm.trainer.cli;

import java.io.Console;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.ColorScheme;

/**
 * What the output goes to. The launcher tells in the environment variable {@code HLSTM_TERMINAL}
 * which of the streams 0, 1 and 2 are terminals, since Java can only ask about input and output
 * together.
 *
 * @param input whether standard input is a terminal
 * @param output whether standard output is a terminal
 * @param errors whether standard error is a terminal
 * @param colours whether a terminal may be sent colours
 */
record Terminal(boolean input, boolean output, boolean errors, boolean colours) {
    /** Neither stream is a terminal: plain text. */
    static final Terminal NONE = new Terminal(false, false, false, false);

    static Terminal detect() {
        String told = System.getenv("HLSTM_TERMINAL");
        boolean input;
        boolean output;
        boolean errors;
        if (told == null) {
            Console console = System.console();
            output = console != null && console.isTerminal();
            input = output;
            errors = output;
        } else {
            input = told.contains("0");
            output = told.contains("1");
            errors = told.contains("2");
        }
        String noColour = System.getenv("NO_COLOR");
        boolean colours =
                (noColour == null || noColour.isEmpty()) && !"dumb".equals(System.getenv("TERM"));
        return new Terminal(input, output, errors, colours);
    }

    ColorScheme helpColours() {
        return new ColorScheme.Builder(output && colours ? Ansi.ON : Ansi.OFF)
                .commands(Ansi.Style.bold)
                .options(Ansi.Style.fg_cyan)
                .parameters(Ansi.Style.fg_cyan)
                .optionParams(Ansi.Style.italic)
                .build();
    }
}
