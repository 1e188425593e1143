package hlstm.bench.comparison;

import hlstm.bench.Machine;
import java.util.List;

/**
 * What {@code bench --json} prints.
 *
 * @param machine where it ran
 * @param rows one for each case, runtime and number of threads
 */
public record Report(Machine machine, List<ReportRow> rows) {}
