package hlstm.trainer.synth;

import java.util.SplittableRandom;

/**
 * The flow of air through the glottis: a pulse train (Rosenberg, "Effect of glottal pulse shape on
 * the quality of natural vowels", JASA 49(2B), 1971) whose periods and amplitudes waver a little,
 * and breath while it is open.
 */
final class GlottalSource {
    /** Share of the open time in which the flow rises. */
    private static final double RISING = 0.75;

    private static final double JITTER = 0.01;
    private static final double SHIMMER = 0.05;

    private final double sampleRate;
    private final Voice voice;
    private final SplittableRandom random;
    private double phase;
    private double jitter = 1;
    private double shimmer = 1;

    GlottalSource(double sampleRate, Voice voice, SplittableRandom random) {
        this.sampleRate = sampleRate;
        this.voice = voice;
        this.random = random;
    }

    /**
     * The next sample of the flow.
     *
     * @param hertz the pitch
     * @param voicing amplitude of the pulses
     * @param aspiration amplitude of breath, besides the voice's own
     */
    double next(double hertz, double voicing, double aspiration) {
        phase += hertz * jitter / sampleRate;
        if (phase >= 1) {
            phase -= 1;
            jitter = 1 + JITTER * random.nextGaussian();
            shimmer = 1 + SHIMMER * random.nextGaussian();
        }
        double open = phase / voice.openQuotient();
        double flow;
        if (open < RISING) {
            flow = 0.5 - 0.5 * Math.cos(Math.PI * open / RISING);
        } else if (open < 1) {
            flow = Math.cos(Math.PI / 2 * (open - RISING) / (1 - RISING));
        } else {
            flow = 0;
        }
        double breath = random.nextDouble(-1, 1) * (0.5 + 0.5 * flow);
        double breathing = aspiration + voicing * voice.breathiness();
        return voicing * shimmer * flow + 0.2 * breathing * breath;
    }
}
