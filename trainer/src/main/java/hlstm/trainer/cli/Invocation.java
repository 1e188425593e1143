package hlstm.trainer.cli;

/** How the program was started, for hints that can be copied. */
final class Invocation {
    private Invocation() {}

    /**
     * The command: the launcher says its own name in the environment variable {@code
     * HLSTM_COMMAND}; without it the jar was started.
     */
    static String command() {
        String told = System.getenv("HLSTM_COMMAND");
        if (told == null || told.isBlank()) {
            return "java @jdk-flags.txt -jar bench/target/hlstm.jar";
        }
        return ShellWord.of(told);
    }
}
