package hlstm.sparse;

import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Shapes, patterns and scores for the tests of this package. */
final class PatternSamples {
    /** Empty, smaller than a tile, whole tiles, partial last tiles in either direction. */
    static final int[][] SHAPES = {
        {0, 0}, {0, 5}, {5, 0}, {1, 1}, {3, 5}, {8, 8}, {32, 64}, {33, 17}, {37, 70}, {64, 9}
    };

    private PatternSamples() {}

    /** Every geometry, shape and a range of densities. */
    static Stream<Arguments> patterns() {
        return Stream.of(Geometry.values())
                .flatMap(
                        geometry ->
                                Stream.of(SHAPES)
                                        .flatMap(
                                                shape ->
                                                        Stream.of(0.0, 0.1, 0.45, 1.0)
                                                                .map(
                                                                        density ->
                                                                                random(
                                                                                        shape,
                                                                                        geometry,
                                                                                        density))))
                .map(Arguments::of);
    }

    private static SparsityPattern random(int[] shape, Geometry geometry, double density) {
        return SparsityPattern.random(
                shape[0], shape[1], geometry, density, new SplittableRandom(shape[0] + shape[1]));
    }

    /** Random scores in [0, 1) with many ties. */
    static float[] scores(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] scores = new float[count];
        for (int k = 0; k < count; k++) {
            scores[k] = random.nextInt(64) / 64f;
        }
        return scores;
    }

    /** Whether every connection of one pattern is one of the other. */
    static boolean contains(SparsityPattern large, SparsityPattern small) {
        for (int row = 0; row < small.rows(); row++) {
            for (int k = small.rowOffset(row); k < small.rowOffset(row + 1); k++) {
                if (large.position(row, small.column(k)) < 0) {
                    return false;
                }
            }
        }
        return true;
    }
}
