package hlstm.trainer.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code hlstm train}: groups the kinds of training. */
@Command(name = "train", description = "Train a model.")
final class TrainCommand implements Runnable {
    @Spec private CommandSpec spec;

    TrainCommand() {}

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "say what to train: speech, translation or captioning");
    }
}
