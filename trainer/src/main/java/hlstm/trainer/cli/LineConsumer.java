package hlstm.trainer.cli;

import java.io.PrintStream;
import me.tongfei.progressbar.ProgressBarConsumer;

/**
 * Redraws a progress bar on one line of a terminal. The library's own consumer asks a native
 * library for the terminal's width; a fixed one that fits everywhere spares that.
 */
final class LineConsumer implements ProgressBarConsumer {
    private static final int WIDTH = 79;

    private final PrintStream stream;

    LineConsumer(PrintStream stream) {
        this.stream = stream;
    }

    @Override
    public int getMaxRenderedLength() {
        return WIDTH;
    }

    @Override
    public void accept(String rendered) {
        stream.print("\r" + rendered + " ".repeat(Math.max(0, WIDTH - rendered.length())));
        stream.flush();
    }

    @Override
    public void clear() {
        stream.print("\r" + " ".repeat(WIDTH) + "\r");
        stream.flush();
    }

    @Override
    public void close() {
        stream.flush();
    }
}
