package hlstm.bench;

import java.util.List;

/**
 * What {@code bench --json} prints.
 *
 * @param machine where it ran
 * @param results one for each benchmark and set of parameters
 */
record BenchReport(Machine machine, List<BenchResult> results) {}
