package hlstm.trainer.synth;

/**
 * A second-order digital resonator (Klatt 1980): {@code y[n] = a x[n] + b y[n-1] + c y[n-2]}, or
 * its inverse, which takes out what the resonator puts in.
 */
final class Resonator {
    private final double sampleRate;
    private double a;
    private double b;
    private double c;
    private double first;
    private double second;

    Resonator(double sampleRate) {
        this.sampleRate = sampleRate;
        this.a = 1;
    }

    /** Tunes to a frequency and bandwidth in Hz, with a gain of 1 at 0 Hz. */
    void tune(double hertz, double bandwidth) {
        double radius = Math.exp(-Math.PI * bandwidth / sampleRate);
        c = -radius * radius;
        b = 2 * radius * Math.cos(2 * Math.PI * hertz / sampleRate);
        a = 1 - b - c;
    }

    /** Tunes to a frequency and bandwidth in Hz, so that white noise keeps its power. */
    void tuneNoise(double hertz, double bandwidth) {
        tune(hertz, bandwidth);
        a = Math.sqrt((1 + c) * ((1 - c) * (1 - c) - b * b) / (1 - c));
    }

    /** The next sample, resonating. */
    double filter(double x) {
        double y = a * x + b * first + c * second;
        second = first;
        first = y;
        return y;
    }

    /** The next sample of the inverse filter. */
    double cancel(double x) {
        double y = (x - b * first - c * second) / a;
        second = first;
        first = x;
        return y;
    }
}
