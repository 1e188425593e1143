package hlstm.trainer.data;

import java.io.IOException;

/** A corpus that is incomplete or inconsistent; says what was expected, and where. */
public final class CorpusException extends IOException {
    private static final long serialVersionUID = 1;

    /** A complaint. */
    public CorpusException(String message) {
        super(message);
    }
}
