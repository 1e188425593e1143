package hlstm.runtime.audio;

import java.io.IOException;

/** A WAV file that is broken, cut off or of a kind not supported; says what was expected. */
public final class WavFormatException extends IOException {
    private static final long serialVersionUID = 1;

    /** A complaint about the file of this name. */
    public WavFormatException(String name, String complaint) {
        super(name + ": " + complaint);
    }
}
