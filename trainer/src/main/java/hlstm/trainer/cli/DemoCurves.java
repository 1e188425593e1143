package hlstm.trainer.cli;

import hlstm.trainer.html.Axis;
import hlstm.trainer.html.Plot;
import hlstm.trainer.html.Plot.Point;
import hlstm.trainer.run.RunEvent;
import hlstm.trainer.run.RunFolder;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Curves of the runs of a demonstration over their epochs, and the colours of its models. */
final class DemoCurves {
    private static final List<Color> COLOURS =
            List.of(new Color(0x5b6573), new Color(0xd9822b), new Color(0x1f5fa8));

    private DemoCurves() {}

    /**
     * A plot with a curve for each run.
     *
     * @param runs the folders of the runs by the names of their models, in order
     * @param value of an epoch; null where it has none
     * @throws IOException if a log cannot be read
     */
    static Plot of(
            String title, Axis axis, Map<String, Path> runs, Function<RunEvent, Double> value)
            throws IOException {
        Plot plot = new Plot(title, Axis.fromZero("epoch"), axis);
        int model = 0;
        for (Map.Entry<String, Path> run : runs.entrySet()) {
            List<Point> points = new ArrayList<>();
            for (RunEvent event : RunFolder.view(run.getValue()).log()) {
                if (event.event() == RunEvent.Kind.EPOCH && value.apply(event) != null) {
                    points.add(new Point(event.epoch(), value.apply(event)));
                }
            }
            plot.line(run.getKey(), colour(model++), points);
        }
        return plot;
    }

    /** The colour of a model, counted from 0. */
    static Color colour(int model) {
        return COLOURS.get(model % COLOURS.size());
    }
}
