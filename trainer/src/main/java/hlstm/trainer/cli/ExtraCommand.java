package hlstm.trainer.cli;

import java.util.concurrent.Callable;

/**
 * A subcommand that another module adds to the command line: a class with picocli's {@code Command}
 * annotation, registered as a service of this type. Its result is the exit code.
 */
public interface ExtraCommand extends Callable<Integer> {}
