package hlstm.trainer.run;

/** A run that cannot start or go on; the message says why and what to do. */
public final class RunException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** With a message for the person who started the run. */
    public RunException(String message) {
        super(message);
    }

    /** With a message for the person who started the run, and the cause. */
    public RunException(String message, Throwable cause) {
        super(message, cause);
    }
}
