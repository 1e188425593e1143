package hlstm.bench.load;

import java.util.SplittableRandom;

/**
 * When the frames of many streams come: at random, whether or not the last one has been answered (a
 * Poisson process, repeated after some thousands of frames). Time is counted in mean gaps, so that
 * one schedule serves every rate. Immutable.
 */
final class Arrivals {
    private static final int LEAST_FRAMES = 8192;

    private final int[] stream;
    private final double[] time;

    /** A schedule in which every stream has as many frames. */
    Arrivals(int streams, long seed) {
        int rounds = Math.ceilDiv(LEAST_FRAMES, streams);
        int frames = Math.multiplyExact(rounds, streams);
        stream = new int[frames];
        time = new double[frames];
        SplittableRandom random = new SplittableRandom(seed);
        double sum = 0;
        for (int frame = 0; frame < frames; frame++) {
            stream[frame] = frame % streams;
            time[frame] = sum;
            sum -= Math.log(1 - random.nextDouble());
        }
        for (int frame = 0; frame < frames; frame++) {
            time[frame] *= frames / sum; // the mean gap is exactly 1
            int other = frame + random.nextInt(frames - frame);
            int swapped = stream[frame];
            stream[frame] = stream[other];
            stream[other] = swapped;
        }
    }

    /** When a frame comes, in mean gaps from the beginning on. */
    double time(long frame) {
        int length = time.length;
        return frame / length * length + time[(int) (frame % length)];
    }

    /** Whose frame it is. */
    int stream(long frame) {
        return stream[(int) (frame % stream.length)];
    }
}
