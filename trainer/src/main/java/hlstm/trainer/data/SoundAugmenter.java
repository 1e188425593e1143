package hlstm.trainer.data;

import hlstm.runtime.audio.Resampler;
import java.util.SplittableRandom;

/** Varies sound as an {@link Augmentation} says. Immutable. */
final class SoundAugmenter {
    /** A third of the usual quality: what it leaves above 7 kHz is no worse than a microphone. */
    private static final int CROSSINGS = 11;

    private static final double PERCENT = 100;

    private final Augmentation augmentation;
    private final int percent;
    private final Resampler[] speeds;
    private final TimeStretch stretch;

    /**
     * @param sampleRate of the sound to come, a second
     */
    SoundAugmenter(Augmentation augmentation, int sampleRate) {
        this.augmentation = augmentation;
        this.percent = (int) Math.round(100 * augmentation.speed());
        this.stretch = new TimeStretch(sampleRate);
        this.speeds = new Resampler[2 * percent + 1];
        for (int i = 0; i < speeds.length; i++) {
            speeds[i] = new Resampler(100 - percent + i, 100, CROSSINGS);
        }
    }

    /** A variation of the samples, of another length if the speed or tempo varies. */
    float[] vary(float[] samples, SplittableRandom random) {
        int speed = random.nextInt(speeds.length);
        double decibels = augmentation.gainDecibels() * (2 * random.nextDouble() - 1);
        double noise = augmentation.noise() * random.nextDouble();

        float[] varied = speeds[speed].resample(samples);
        // Drawn after the others, so that recipes without it draw what they always did.
        int tempo = (int) Math.round(PERCENT * augmentation.tempo());
        if (tempo > 0) {
            double change = (random.nextInt(2 * tempo + 1) - tempo) / PERCENT;
            varied = stretch.apply(varied, 1 + change);
        }
        double gain = Math.pow(10, decibels / 20);
        double deviation = noise * rootMeanSquare(varied);
        for (int i = 0; i < varied.length; i++) {
            double added = deviation > 0 ? deviation * random.nextGaussian() : 0;
            varied[i] = (float) (gain * (varied[i] + added));
        }
        return varied;
    }

    private static double rootMeanSquare(float[] samples) {
        double squares = 0;
        for (float sample : samples) {
            squares += (double) sample * sample;
        }
        return Math.sqrt(squares / Math.max(1, samples.length));
    }
}
