package hlstm.trainer.cli;

import java.io.PrintWriter;

/** Tells of source tokens that a translator does not know: the first line at once, then the sum. */
final class UnknownTokens {
    private final PrintWriter err;
    private long tokens;
    private long lines;

    UnknownTokens(PrintWriter err) {
        this.err = err;
    }

    /**
     * Counts those of a line.
     *
     * @param line counted from 0
     */
    void add(long line, int unknown) {
        if (unknown == 0) {
            return;
        }
        if (lines == 0) {
            err.println(
                    "line %d: %d of its tokens unknown to the model, which reads all such as one; text is expected in the case and tokenisation that it has learnt from"
                            .formatted(line + 1, unknown));
            err.flush();
        }
        tokens += unknown;
        lines++;
    }

    /** At the end, if there was more than one such line. */
    void sum() {
        if (lines > 1) {
            err.println(
                    "%s tokens were unknown to the model, in %s lines"
                            .formatted(Figures.count(tokens), Figures.count(lines)));
            err.flush();
        }
    }
}
