package hlstm.trainer.cli;

/** Says something on standard error if the process is told to end before the work is done. */
final class InterruptionNotice {
    private final Thread hook;

    InterruptionNotice(String message) {
        hook =
                new Thread(
                        () -> System.err.println(System.lineSeparator() + "hlstm: " + message),
                        "hlstm-interruption");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** The work is done, or has failed with a message of its own. */
    void withdraw() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending already, and the notice is on its way.
        }
    }
}
