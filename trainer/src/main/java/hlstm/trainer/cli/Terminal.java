package hlstm.trainer.cli;

import java.io.Console;
import java.util.Map;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.ColorScheme;

/**
 * What the program reads from and writes to. The launcher tells in environment variables which of
 * the streams 0, 1 and 2 are terminals ({@code HLSTM_TERMINAL}) and how wide they are ({@code
 * HLSTM_COLUMNS}), since Java can only ask about input and output together, and not for the width.
 *
 * @param input whether standard input is a terminal
 * @param output whether standard output is a terminal
 * @param errors whether standard error is a terminal that can redraw a line
 * @param colours whether standard output may be sent colours
 * @param width characters of a line
 */
record Terminal(boolean input, boolean output, boolean errors, boolean colours, int width) {
    /** No stream is a terminal: plain text. */
    static final Terminal NONE = new Terminal(false, false, false, false, 80);

    private static final int LEAST_WIDTH = 40;

    static Terminal detect() {
        Console console = System.console();
        return of(System.getenv(), console != null && console.isTerminal());
    }

    static Terminal of(Map<String, String> environment, boolean console) {
        String told = environment.getOrDefault("HLSTM_TERMINAL", console ? "012" : "");
        boolean dumb = "dumb".equals(environment.get("TERM"));
        boolean output = told.contains("1");
        boolean plain = dumb || !environment.getOrDefault("NO_COLOR", "").isEmpty();
        return new Terminal(
                told.contains("0"),
                output,
                told.contains("2") && !dumb,
                output && !plain,
                width(environment.getOrDefault("HLSTM_COLUMNS", "")));
    }

    private static int width(String columns) {
        return columns.matches("[1-9]\\d{0,3}")
                ? Math.max(LEAST_WIDTH, Integer.parseInt(columns))
                : NONE.width();
    }

    ColorScheme helpColours() {
        return new ColorScheme.Builder(colours ? Ansi.ON : Ansi.OFF)
                .commands(Ansi.Style.bold)
                .options(Ansi.Style.fg_cyan)
                .parameters(Ansi.Style.fg_cyan)
                .optionParams(Ansi.Style.italic)
                .build();
    }
}
