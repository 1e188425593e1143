package hlstm.trainer.synth;

import java.util.List;

/**
 * The controls frame by frame, {@value #FRAME_MILLIS} ms each: the targets of the segments in turn,
 * smoothed, so that sounds run into each other and short ones fall short of their targets.
 */
final class ControlTracks {
    /** Milliseconds of a frame. */
    static final int FRAME_MILLIS = 5;

    private static final int SLOW_FRAMES = 7;
    private static final int FAST_FRAMES = 2;

    private final double[][] tracks = new double[Control.values().length][];
    private final int frames;

    /**
     * Tracks of segments in turn.
     *
     * @param millis duration of each segment
     */
    ControlTracks(List<Segment> segments, double[] millis) {
        double total = 0;
        for (double duration : millis) {
            total += duration;
        }
        frames = (int) Math.round(total / FRAME_MILLIS);
        for (Control control : Control.values()) {
            double[] targets = new double[frames];
            int segment = 0;
            double end = millis[0];
            for (int frame = 0; frame < frames; frame++) {
                while ((frame + 0.5) * FRAME_MILLIS > end && segment < millis.length - 1) {
                    end += millis[++segment];
                }
                targets[frame] = segments.get(segment).targets()[control.ordinal()];
            }
            int width = control.slow() ? SLOW_FRAMES : FAST_FRAMES;
            tracks[control.ordinal()] = smoothed(smoothed(targets, width), width);
        }
    }

    /** Number of frames. */
    int frames() {
        return frames;
    }

    /** A control at a frame. */
    double at(Control control, int frame) {
        return tracks[control.ordinal()][frame];
    }

    /** The mean over a window of {@code 2 width + 1} frames; the ends go on as they are. */
    private static double[] smoothed(double[] values, int width) {
        int last = values.length - 1;
        double[] smoothed = new double[values.length];
        for (int i = 0; i <= last; i++) {
            double sum = 0;
            for (int k = i - width; k <= i + width; k++) {
                sum += values[Math.clamp(k, 0, last)];
            }
            smoothed[i] = sum / (2 * width + 1);
        }
        return smoothed;
    }
}
