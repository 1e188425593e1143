package hlstm.bench.training;

import hlstm.sparse.Geometry;
import hlstm.trainer.cli.Table;
import hlstm.trainer.machine.Machine;
import java.util.List;
import java.util.Locale;

/**
 * What an epoch costs at each density.
 *
 * @param machine where
 * @param shape of network and batch
 * @param geometry of the connections
 * @param points in the order of densities, then of numbers of threads
 */
record TrainingResult(
        Machine machine, TrainingShape shape, String geometry, List<TrainingPoint> points) {
    private static final double PERCENT = 100;
    private static final double MINUTE = 60;

    static TrainingResult of(TrainingShape shape, Geometry geometry, List<TrainingPoint> points) {
        return new TrainingResult(Machine.here(), shape, geometry.label(), List.copyOf(points));
    }

    /** How many times as long a point takes with the least number of threads that was timed. */
    double speedup(TrainingPoint point) {
        return points.stream()
                        .filter(other -> other.density() == point.density())
                        .mapToDouble(TrainingPoint::batchSeconds)
                        .findFirst()
                        .orElseThrow()
                / point.batchSeconds();
    }

    String text() {
        Table table =
                new Table(
                        "density",
                        ">weights",
                        ">threads",
                        ">a batch",
                        ">an epoch",
                        ">GFLOP/s",
                        ">speedup");
        for (TrainingPoint point : points) {
            table.row(
                    point.density() == 1 ? "dense" : "%.3g %%".formatted(PERCENT * point.density()),
                    "%,d".formatted(point.weights()),
                    Integer.toString(point.threads()),
                    String.format(Locale.ROOT, "%.2f s", point.batchSeconds()),
                    String.format(Locale.ROOT, "%.1f min", point.epochSeconds() / MINUTE),
                    String.format(Locale.ROOT, "%.1f", point.gigaflops()),
                    String.format(Locale.ROOT, "%.2fx", speedup(point)));
        }
        return "%d bidirectional H-LSTM layers of %d, %s; batches of %d sequences of %d steps, epochs of %,d steps%n%s"
                .formatted(
                        shape.layers(),
                        shape.width(),
                        geometry,
                        shape.sequences(),
                        shape.steps(),
                        shape.epochSteps(),
                        table);
    }
}
