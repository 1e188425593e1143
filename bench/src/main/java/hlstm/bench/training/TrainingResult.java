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
 * @param frontEnd the convolutions, in the order of numbers of threads
 */
record TrainingResult(
        Machine machine,
        TrainingShape shape,
        String geometry,
        List<TrainingPoint> points,
        List<FrontEndPoint> frontEnd) {
    private static final double PERCENT = 100;
    private static final double MINUTE = 60;

    static TrainingResult of(
            TrainingShape shape,
            Geometry geometry,
            List<TrainingPoint> points,
            List<FrontEndPoint> frontEnd) {
        return new TrainingResult(
                Machine.here(),
                shape,
                geometry.label(),
                List.copyOf(points),
                List.copyOf(frontEnd));
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
                        ">one for growth",
                        ">an epoch",
                        ">GFLOP/s",
                        ">speedup");
        for (TrainingPoint point : points) {
            table.row(
                    point.density() == 1 ? "dense" : "%.3g %%".formatted(PERCENT * point.density()),
                    "%,d".formatted(point.weights()),
                    Integer.toString(point.threads()),
                    seconds(point.batchSeconds()),
                    point.growthSeconds() == null ? "" : seconds(point.growthSeconds()),
                    String.format(Locale.ROOT, "%.1f min", point.epochSeconds() / MINUTE),
                    String.format(Locale.ROOT, "%.1f", point.gigaflops()),
                    String.format(Locale.ROOT, "%.2fx", speedup(point)));
        }
        return "%d bidirectional H-LSTM layers of %d, %s; batches of %d sequences of %d steps, epochs of %,d steps%n%s%n%s"
                .formatted(
                        shape.layers(),
                        shape.width(),
                        geometry,
                        shape.sequences(),
                        shape.steps(),
                        shape.epochSteps(),
                        table,
                        frontEndText());
    }

    private String frontEndText() {
        Table table = new Table("convolutions, threads", ">a batch", ">GFLOP/s", ">of the peak");
        for (FrontEndPoint point : frontEnd) {
            table.row(
                    Integer.toString(point.threads()),
                    seconds(point.batchSeconds()),
                    String.format(Locale.ROOT, "%.1f", point.gigaflops()),
                    point.shareOfPeak() == null
                            ? ""
                            : String.format(
                                    Locale.ROOT,
                                    "%.0f %% of %.0f",
                                    PERCENT * point.shareOfPeak(),
                                    point.peakGigaflops()));
        }
        return table.toString();
    }

    private static String seconds(double seconds) {
        return String.format(Locale.ROOT, "%.2f s", seconds);
    }
}
