package hlstm.sparse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WeightPoolTest {
    private static final int LINE = 16;

    @Test
    void roomsBeginAtTheSamePlaceOfALineAndDoNotOverlap() {
        WeightPool pool = WeightPool.ofModel(1 << 20);
        List<WeightPool.Room> rooms = new ArrayList<>();
        int[] lengths = {1, 16, 17, 1000, 0, 31, 1_000_000, 5};
        for (int length : lengths) {
            WeightPool.Room room = pool.room(length);
            assertEquals(
                    WeightPool.exact().room(1).offset() % LINE, room.offset() % LINE, "length");
            assertTrue(room.offset() + length <= room.array().length, room::toString);
            rooms.add(room);
        }
        for (int a = 0; a < lengths.length; a++) {
            for (int b = a + 1; b < lengths.length; b++) {
                if (rooms.get(a).array() == rooms.get(b).array()) {
                    assertTrue(rooms.get(a).offset() + lengths[a] <= rooms.get(b).offset());
                }
            }
        }
    }

    @Test
    void smallModelsTakeNoMoreThanTheyNeed() {
        assertTrue(WeightPool.ofModel(500).room(500).array().length <= 500 + LINE);
    }

    @Test
    void exactPoolsTakeAnArrayForEachMatrix() {
        WeightPool pool = WeightPool.exact();
        WeightPool.Room first = pool.room(100);
        assertEquals(100 + first.offset(), first.array().length);
        assertNotSame(first.array(), pool.room(100).array());
    }

    @Test
    void tooManyValuesAreRefusedWithTheLimit() {
        IllegalArgumentException refusal =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> WeightPool.exact().room(Integer.MAX_VALUE));
        assertTrue(refusal.getMessage().contains("split its rows"), refusal.getMessage());
    }

    @ParameterizedTest
    @EnumSource(Geometry.class)
    void matricesOfOnePoolKeepTheirWeightsAndProducts(Geometry geometry) {
        WeightPool pool = WeightPool.ofModel(1 << 20);
        SparseMatrix first = random(geometry, 45, 1);
        SparseMatrix second = random(geometry, 70, 2);
        PackedMatrix packedFirst = PackedMatrix.pack(first, pool);
        PackedMatrix packedSecond = PackedMatrix.pack(second, pool);
        assertArrayEquals(first.values(), ((SparseMatrix) packedFirst.unpack()).values());
        assertArrayEquals(second.values(), ((SparseMatrix) packedSecond.unpack()).values());
        for (String provider : new String[] {"auto", "scalar"}) {
            Kernels kernels = KernelProviders.of(provider);
            assertArrayEquals(
                    product(kernels, PackedMatrix.pack(second)),
                    product(kernels, packedSecond),
                    provider);
        }
    }

    @Test
    void denseMatricesShareTheArray() {
        WeightPool pool = WeightPool.ofModel(1 << 20);
        DenseMatrix dense = new DenseMatrix(3, 2, new float[] {1, 2, 3, 4, 5, 6});
        PackedDense first = (PackedDense) PackedMatrix.pack(dense, pool);
        PackedDense second = (PackedDense) PackedMatrix.pack(dense, pool);
        assertArrayEquals(dense.values(), second.unpack().values());
        if (first.values.length >= second.valuesOffset + second.storedValues()) {
            assertSame(first.values, second.values);
        }
    }

    private static SparseMatrix random(Geometry geometry, int rows, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        SparsityPattern pattern = SparsityPattern.random(rows, 40, geometry, 0.3, random);
        float[] values = new float[pattern.nonzeros()];
        for (int k = 0; k < values.length; k++) {
            values[k] = (float) random.nextGaussian();
        }
        return new SparseMatrix(pattern, values);
    }

    private static float[] product(Kernels kernels, PackedMatrix matrix) {
        float[] x = new float[matrix.columns()];
        for (int k = 0; k < x.length; k++) {
            x[k] = k - 20.5f;
        }
        float[] y = new float[matrix.rows()];
        kernels.multiply(matrix, x, 0, new float[y.length], 0, y, 0);
        return y;
    }
}
