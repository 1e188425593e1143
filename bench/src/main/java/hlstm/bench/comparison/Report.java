package hlstm.bench.comparison;

import hlstm.trainer.machine.Machine;
import java.util.List;

/**
 * What {@code bench --json} prints.
 *
 * @param machine where it ran
 * @param rows one for each case, runtime and number of threads
 */
public record Report(Machine machine, List<ReportRow> rows) {}
