package hlstm.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hlstm.sparse.DenseMatrix;
import hlstm.sparse.Geometry;
import hlstm.sparse.SparseMatrix;
import hlstm.sparse.SparsityPattern;
import java.util.List;
import org.junit.jupiter.api.Test;

class IdleWeightsTest {
    /** Two hidden units a gate, of which the biases of the first level alone decide. */
    @Test
    void countsTheWeightsOfUnitsThatAreZero() {
        CellSpec cell = new CellSpec(1, 3, List.of(2), false, 0);
        ModelSpec spec =
                RandomModels.stack(new RecurrentSpec(cell, false), RandomModels.lstm(3, 2));
        ModelBuilder builder = RandomModels.content(spec, List.of("dense"), 1, 1).builder();
        String name = "layers.0.forward.gates.";
        builder.matrix(name + "0.input", new DenseMatrix(8, 1, new float[8]));
        builder.matrix(name + "0.recurrent", new DenseMatrix(8, 3, new float[24]));
        // Zero are unit 1 of i, both of g, unit 0 of o.
        builder.bias(name + "0.bias", new float[] {1, -1, 1, 1, 0, -2, -1, 1});
        // The gate o has one weight on its unit 0 and two on its unit 1.
        builder.matrix(
                name + "1.o",
                new SparseMatrix(
                        new SparsityPattern(
                                3, 2, Geometry.PLAIN, new int[] {0, 1, 2, 3}, new int[] {1, 0, 1}),
                        new float[] {1, 1, 1}));
        Session session = builder.build().newSession();
        session.step(new float[] {5}, new float[2]);
        assertEquals(3 + 6 + 1, session.idleWeights());
    }

    @Test
    void aPlainLstmHasNone() {
        Session session =
                RandomModels.mixed(RandomModels.stack(RandomModels.lstm(3, 4)), 1)
                        .builder()
                        .build()
                        .newSession();
        session.step(new float[3], new float[4]);
        assertEquals(0, session.idleWeights());
    }
}
