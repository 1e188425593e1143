package hlstm.sparse.vector;

import static jdk.incubator.vector.VectorOperators.ADD;
import static jdk.incubator.vector.VectorOperators.FMA;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Slices of 8 rows for {@link RowBlockProduct}, on machines whose registers hold more. */
final class EightRows {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_256;

    private EightRows() {}

    static void multiplyAdd(
            int first,
            int height,
            int[] offsets,
            int[] columns,
            float[] values,
            int valuesOffset,
            int fromBlock,
            int toBlock,
            float[] x,
            int xOffset,
            float[] y,
            int yOffset) {
        for (int block = fromBlock; block < toBlock; block++) {
            int to = yOffset + block * height + first;
            int end = offsets[block + 1];
            FloatVector sum0 = FloatVector.zero(SPECIES);
            FloatVector sum1 = FloatVector.zero(SPECIES);
            FloatVector sum2 = FloatVector.zero(SPECIES);
            FloatVector sum3 = FloatVector.zero(SPECIES);
            int k = offsets[block];
            for (; k < end - 3; k += 4) {
                int v0 = valuesOffset + k * height + first;
                int v1 = v0 + height;
                int v2 = v1 + height;
                int v3 = v2 + height;
                FloatVector x0 = FloatVector.broadcast(SPECIES, x[xOffset + columns[k]]);
                FloatVector x1 = FloatVector.broadcast(SPECIES, x[xOffset + columns[k + 1]]);
                FloatVector x2 = FloatVector.broadcast(SPECIES, x[xOffset + columns[k + 2]]);
                FloatVector x3 = FloatVector.broadcast(SPECIES, x[xOffset + columns[k + 3]]);
                sum0 = FloatVector.fromArray(SPECIES, values, v0).lanewise(FMA, x0, sum0);
                sum1 = FloatVector.fromArray(SPECIES, values, v1).lanewise(FMA, x1, sum1);
                sum2 = FloatVector.fromArray(SPECIES, values, v2).lanewise(FMA, x2, sum2);
                sum3 = FloatVector.fromArray(SPECIES, values, v3).lanewise(FMA, x3, sum3);
            }
            for (; k < end; k++) {
                FloatVector x0 = FloatVector.broadcast(SPECIES, x[xOffset + columns[k]]);
                sum0 =
                        FloatVector.fromArray(SPECIES, values, valuesOffset + k * height + first)
                                .lanewise(FMA, x0, sum0);
            }
            FloatVector.fromArray(SPECIES, y, to)
                    .lanewise(ADD, sum0)
                    .lanewise(ADD, sum1)
                    .lanewise(ADD, sum2)
                    .lanewise(ADD, sum3)
                    .intoArray(y, to);
        }
    }
}
