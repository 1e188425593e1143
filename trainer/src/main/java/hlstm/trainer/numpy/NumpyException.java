package hlstm.trainer.numpy;

import java.io.IOException;

/** A file that is not a NumPy array as expected; says what was expected, and where. */
public final class NumpyException extends IOException {
    private static final long serialVersionUID = 1;

    /** A complaint. */
    NumpyException(String message) {
        super(message);
    }
}
