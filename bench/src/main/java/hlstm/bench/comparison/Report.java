package hlstm.bench.comparison;

import hlstm.trainer.machine.Machine;
import java.util.List;

/**
 * What {@code bench --json} prints.
 *
 * @param machine where it ran
 * @param rows one for each case, runtime and number of threads
 * @param spinLoops one for each case: a loop as long as a run of the first runtime, which shows how
 *     much the machine itself varies
 * @param missing which runtimes are not there, and why
 */
public record Report(
        Machine machine, List<ReportRow> rows, List<ReportRow> spinLoops, List<String> missing) {
    /** The results of all cases. */
    public static Report of(Machine machine, List<CaseResult> results) {
        return new Report(
                machine,
                results.stream().flatMap(result -> result.rows().stream()).toList(),
                results.stream().flatMap(result -> result.spinLoops().stream()).toList(),
                results.stream()
                        .flatMap(
                                result ->
                                        result.missing().stream()
                                                .map(line -> result.of().name() + ": " + line))
                        .toList());
    }
}
