package hlstm.trainer.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** Runs command lines as a user would, without a terminal. */
final class CommandLines {
    /** What a command left behind. */
    record Outcome(int code, String output, String errors) {}

    private CommandLines() {}

    static Outcome run(String... arguments) {
        StringWriter output = new StringWriter();
        StringWriter errors = new StringWriter();
        CommandLine line = Main.commandLine(Terminal.NONE);
        line.setOut(new PrintWriter(output));
        line.setErr(new PrintWriter(errors));
        int code = line.execute(arguments);
        line.getOut().flush();
        line.getErr().flush();
        return new Outcome(code, output.toString(), errors.toString());
    }
}
