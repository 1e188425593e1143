package hlstm.trainer.cli;

import hlstm.sparse.KernelProviders;
import hlstm.sparse.ProviderReport;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hlstm providers}: which kernels this machine runs, and why. */
@Command(
        name = "providers",
        description = "Show which kernels were chosen on this machine, and why.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  hlstm providers",
            "  hlstm providers --json",
            "  JDK_JAVA_OPTIONS=-Dhlstm.provider=scalar hlstm providers"
        })
final class ProvidersCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    ProvidersCommand() {}

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        ProviderReport report = KernelProviders.get().report();
        if (json) {
            out.println(Json.text(report));
            return 0;
        }
        out.println("provider  " + report.provider());
        out.println(
                "vectors   " + (report.vectorBits() == 0 ? "none" : report.vectorBits() + " bits"));
        out.println("reason    " + report.reason());
        out.println("plain     " + report.plain());
        return 0;
    }
}
