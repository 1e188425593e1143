package hlstm.bench;

import hlstm.trainer.machine.Machine;
import java.util.List;

/**
 * What {@code bench kernels --json} prints.
 *
 * @param machine where it ran
 * @param results one for each benchmark and set of parameters
 */
record KernelReport(Machine machine, List<BenchResult> results) {}
