package hlstm.trainer.cli;

import hlstm.trainer.run.Report;
import hlstm.trainer.run.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hlstm report}: the report of a run, finished or not. */
@Command(
        name = "report",
        description = {
            "Write the report of a run, finished or not.",
            "It has plots of loss, scores and density, maps of the connections, and figures of"
                    + " every matrix. Prints where it is. Training writes one at its end by"
                    + " itself."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  hlstm report runs/an4"})
final class ReportCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "RUN", description = "The folder of the run.")
    private Path run;

    ReportCommand() {}

    @Override
    public Integer call() throws IOException {
        try (RunFolder folder = RunFolder.view(run)) {
            String report = Report.write(folder).toString();
            spec.commandLine().getOut().println(Printable.of(report));
        }
        return 0;
    }
}
