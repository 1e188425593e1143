package hlstm.sparse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TransposedPatternTest {
    @ParameterizedTest
    @MethodSource("hlstm.sparse.PatternSamples#patterns")
    void transposesStructureAndValues(SparsityPattern pattern) {
        float[] values = new float[pattern.nonzeros()];
        for (int k = 0; k < values.length; k++) {
            values[k] = k + 1;
        }
        TransposedPattern transposed = new TransposedPattern(pattern);
        float[] into = new float[values.length];
        transposed.transpose(values, into);

        assertEquals(Geometry.PLAIN, transposed.pattern().geometry());
        assertEquals(pattern.columns(), transposed.pattern().rows());
        assertEquals(pattern.rows(), transposed.pattern().columns());
        SparseMatrix w = new SparseMatrix(pattern, values);
        SparseMatrix t = new SparseMatrix(transposed.pattern(), into);
        for (int row = 0; row < pattern.rows(); row++) {
            for (int column = 0; column < pattern.columns(); column++) {
                assertEquals(w.get(row, column), t.get(column, row));
            }
        }
        assertEquals(pattern.asPlain(), new TransposedPattern(transposed.pattern()).pattern());
    }

    @Test
    void refusesArraysOfAnotherLength() {
        TransposedPattern transposed =
                new TransposedPattern(SparsityPattern.full(3, 2, Geometry.PLAIN));
        float[] six = new float[6];
        assertThrows(IllegalArgumentException.class, () -> transposed.transpose(new float[5], six));
        assertThrows(IllegalArgumentException.class, () -> transposed.transpose(six, new float[7]));
        String message =
                assertThrows(IllegalArgumentException.class, () -> transposed.transpose(six, six))
                        .getMessage();
        assertTrue(message.contains("the same array"), message);
    }
}
