package hlstm.bench.plot;

import hlstm.trainer.machine.Machine;
import java.util.List;

/**
 * What {@code bench plot --json} prints.
 *
 * @param machine where it ran
 * @param byDensity a product of a vector with a matrix of 2048 x 1024
 * @param byWeights a step of a layer
 * @param files the pictures
 * @param missing which runtimes are not there, and why
 */
record PlotResult(
        Machine machine,
        List<PlotPoint> byDensity,
        List<PlotPoint> byWeights,
        List<String> files,
        List<String> missing) {}
