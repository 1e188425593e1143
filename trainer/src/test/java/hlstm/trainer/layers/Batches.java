package hlstm.trainer.layers;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Small batches for tests, and their form in double precision. */
final class Batches {
    private Batches() {}

    static SequenceBlock random(int features, int lanes, int[] lengths, RandomGenerator random) {
        SequenceBlock block = new SequenceBlock();
        block.reshape(Arrays.stream(lengths).max().orElse(0), features, lanes, lengths);
        for (int lane = 0; lane < lengths.length; lane++) {
            for (int step = 0; step < lengths[lane]; step++) {
                for (int feature = 0; feature < features; feature++) {
                    block.data()[block.offset(step, feature) + lane] =
                            (float) random.nextGaussian();
                }
            }
        }
        return block;
    }

    /** By lane, step and feature, without the padding. */
    static double[][][] toDouble(SequenceBlock block) {
        double[][][] x = new double[block.lanes()][][];
        for (int lane = 0; lane < x.length; lane++) {
            x[lane] = new double[block.length(lane)][block.features()];
            for (int step = 0; step < x[lane].length; step++) {
                for (int feature = 0; feature < block.features(); feature++) {
                    x[lane][step][feature] = block.data()[block.offset(step, feature) + lane];
                }
            }
        }
        return x;
    }

    /** The valid elements, lane after lane. */
    static double[] flatten(double[][][] x) {
        return Arrays.stream(x).flatMap(Arrays::stream).flatMapToDouble(Arrays::stream).toArray();
    }

    static boolean paddingIsZero(SequenceBlock block) {
        for (int step = 0; step < block.steps(); step++) {
            for (int feature = 0; feature < block.features(); feature++) {
                for (int lane = 0; lane < block.lanes(); lane++) {
                    if (step >= block.length(lane)
                            && block.data()[block.offset(step, feature) + lane] != 0) {
                        return false;
                    }
                }
            }
        }
        return true;
    }
}
