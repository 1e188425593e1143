package hlstm.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hlstm.runtime.AffineLevel.Product;
import hlstm.runtime.GateMatrix.Source;
import hlstm.sparse.DenseMatrix;
import hlstm.sparse.Geometry;
import hlstm.sparse.PackedMatrix;
import hlstm.sparse.SparseMatrix;
import hlstm.sparse.SparsityPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** How levels are cut for the threads of a team. */
final class LevelCutsTest {
    private static PackedMatrix sparse(int rows, int columns, Geometry geometry, double density) {
        SparsityPattern pattern =
                SparsityPattern.random(rows, columns, geometry, density, new SplittableRandom(1));
        return PackedMatrix.pack(new SparseMatrix(pattern, new float[pattern.nonzeros()]));
    }

    private static PackedMatrix dense(int rows, int columns) {
        return PackedMatrix.pack(new DenseMatrix(rows, columns, new float[rows * columns]));
    }

    private static int[] borders(AffineLevel level) {
        int[] borders = new int[level.parts() + 1];
        for (int part = 0; part <= level.parts(); part++) {
            borders[part] = level.firstRow(part);
        }
        return borders;
    }

    private static AffineLevel level(Product... products) {
        int rows = 0;
        for (Product product : products) {
            rows = Math.max(rows, product.outputEnd());
        }
        return new AffineLevel(new float[rows], List.of(products));
    }

    private static AffineLevel level(PackedMatrix weights) {
        return level(new Product(weights, Source.INPUT, 0, 0));
    }

    @Test
    void levelsTooSmallToShareStayWhole() {
        AffineLevel level = level(sparse(64, 100, Geometry.ROWS_4, 1));
        assertEquals(6400, level.storedValues());
        assertEquals(1, level.split(1, 1).parts());
        assertEquals(1, level.split(4, 3201).parts());
        assertEquals(2, level.split(4, 3200).parts());
        assertEquals(2, level.split(4, 2134).parts());
        assertEquals(3, level.split(4, 2133).parts());
        assertEquals(4, level.split(4, 1).parts());
        assertEquals(6400, level.split(4, 1).storedValues());
        assertEquals(64, level.split(4, 1).rows());
    }

    @Test
    void equalRowsAreCutEvenly() {
        assertArrayEquals(
                new int[] {0, 48, 96},
                borders(level(sparse(96, 40, Geometry.ROWS_16, 1)).split(2, 1)));
        assertArrayEquals(
                new int[] {0, 32, 68, 100},
                borders(level(sparse(100, 10, Geometry.ROWS_4, 1)).split(3, 1)));
        // Windows of 128 rows: nearest to 336 and 672.
        assertArrayEquals(
                new int[] {0, 384, 640, 1008},
                borders(level(sparse(1008, 10, Geometry.PLAIN, 1)).split(3, 1)));
        // 3 blocks of 32, the last with one row: nearer to half before than behind the second.
        assertArrayEquals(new int[] {0, 32, 65}, borders(level(dense(65, 10)).split(2, 1)));
    }

    @Test
    void cutsFollowTheWeightsAndNotTheRows() {
        int[] offsets = new int[41];
        List<Integer> columns = new ArrayList<>();
        for (int row = 0; row < 40; row++) {
            for (int column = 0; column < (row < 12 ? 30 : 1); column++) {
                columns.add(column);
            }
            offsets[row + 1] = columns.size();
        }
        int[] indices = columns.stream().mapToInt(column -> column).toArray();
        SparsityPattern pattern = new SparsityPattern(40, 30, Geometry.ROWS_4, offsets, indices);
        PackedMatrix packed =
                PackedMatrix.pack(new SparseMatrix(pattern, new float[pattern.nonzeros()]));
        // 388 weights: the first 4 rows have 120, the first 8 have 240.
        assertArrayEquals(new int[] {0, 8, 40}, borders(level(packed).split(2, 1)));
    }

    @Test
    void matricesThatWriteTheSameRowsAreCutTogether() {
        AffineLevel level =
                level(
                        new Product(sparse(96, 40, Geometry.BANKED_8, 0.25), Source.INPUT, 0, 0),
                        new Product(sparse(96, 30, Geometry.ROWS_32, 0.5), Source.RECURRENT, 0, 0));
        assertArrayEquals(new int[] {0, 32, 64, 96}, borders(level.split(5, 1)));
    }

    @Test
    void matricesBesideEachOtherAreCutBetweenAndWithin() {
        AffineLevel level =
                level(
                        new Product(sparse(20, 32, Geometry.ROWS_16, 1), Source.HIDDEN, 0, 0),
                        new Product(sparse(20, 32, Geometry.ROWS_16, 1), Source.HIDDEN, 32, 20),
                        new Product(sparse(20, 32, Geometry.ROWS_16, 1), Source.HIDDEN, 64, 40));
        assertArrayEquals(new int[] {0, 16, 20, 36, 40, 56, 60}, borders(level.split(6, 1)));
    }

    @Test
    void fewBordersGiveFewParts() {
        assertEquals(1, level(dense(32, 50)).split(8, 1).parts());
        assertEquals(2, level(dense(33, 50)).split(8, 1).parts());
        assertEquals(1, level(sparse(128, 50, Geometry.PLAIN, 1)).split(8, 1).parts());
        assertEquals(2, level(sparse(129, 50, Geometry.PLAIN, 1)).split(8, 1).parts());
        assertEquals(1, level(sparse(64, 9, Geometry.ROWS_16, 0)).split(8, 1).parts());
    }

    @Test
    void defaultThresholdIsTheOneThatIsDocumented() {
        try (ThreadTeam team = new ThreadTeam(2)) {
            assertEquals(ThreadTeam.MIN_SHARE, team.minShare());
            PartRunner runner = new PartRunner(team);
            int columns = 2 * ThreadTeam.MIN_SHARE / 64;
            PackedMatrix enough = sparse(64, columns, Geometry.ROWS_4, 1);
            assertEquals(2, runner.split(level(enough)).parts());
            PackedMatrix fewer = sparse(64, columns - 1, Geometry.ROWS_4, 1);
            assertEquals(1, runner.split(level(fewer)).parts());
        }
        assertTrue(new PartRunner(null).split(level(dense(512, 512))).parts() == 1);
    }
}
