package hlstm.sparse.vector;

import static hlstm.sparse.vector.LaneSpecies.LANES;
import static hlstm.sparse.vector.LaneSpecies.WIDE;
import static jdk.incubator.vector.VectorOperators.ADD;
import static jdk.incubator.vector.VectorOperators.FMA;
import static jdk.incubator.vector.VectorOperators.LE;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@code y += W x} for single connections in tiles of 16 rows: registers of inputs are gathered,
 * one for each row. Each row is one chain of fused multiply-adds from its first connection to its
 * last, at every width, so these are the bits of a loop over the row.
 *
 * <p>Loops end with the shortest row of the tile; behind it, lanes whose row has ended keep their
 * sum. One chain a register is enough, since a gather takes longer than a multiply-add.
 */
public final class TileGather {
    /** Rows of a tile. */
    private static final int HEIGHT = 16;

    private static final VectorSpecies<Integer> INTS =
            IntVector.SPECIES_PREFERRED.length() > HEIGHT
                    ? IntVector.SPECIES_512
                    : IntVector.SPECIES_PREFERRED;

    private TileGather() {}

    /** Whether registers are wide enough for gathering; narrower ones have no instruction. */
    public static boolean fits() {
        return LANES == 8 || LANES == HEIGHT;
    }

    /**
     * The product for some tiles, all of whose rows exist.
     *
     * @param fromTile the first tile
     * @param toTile the tile behind the last
     * @param offsets where the columns of each tile begin, and the end
     * @param order the row of each lane, tile after tile
     * @param lengths the number of connections of each lane, in each tile the largest first
     * @param columns value k of the lanes of a tile side by side, for each k
     * @param values placed as {@code columns}, from {@code valuesOffset} on
     */
    public static void multiplyAdd(
            int fromTile,
            int toTile,
            int[] offsets,
            int[] order,
            int[] lengths,
            int[] columns,
            float[] values,
            int valuesOffset,
            float[] x,
            int xOffset,
            float[] y,
            int yOffset) {
        for (int tile = fromTile; tile < toTile; tile++) {
            if (LANES == HEIGHT) {
                oneRegister(
                        offsets[tile],
                        offsets[tile + 1],
                        order,
                        lengths,
                        tile * HEIGHT,
                        columns,
                        values,
                        valuesOffset,
                        x,
                        xOffset,
                        y,
                        yOffset);
            } else {
                twoRegisters(
                        offsets[tile],
                        offsets[tile + 1],
                        order,
                        lengths,
                        tile * HEIGHT,
                        columns,
                        values,
                        valuesOffset,
                        x,
                        xOffset,
                        y,
                        yOffset);
            }
        }
    }

    private static void oneRegister(
            int k,
            int end,
            int[] order,
            int[] lengths,
            int p,
            int[] columns,
            float[] values,
            int valuesOffset,
            float[] x,
            int xOffset,
            float[] y,
            int yOffset) {
        int done = lengths[p + HEIGHT - 1];
        int common = k + done * HEIGHT;
        FloatVector sum = FloatVector.zero(WIDE);
        for (; k < common; k += HEIGHT) {
            FloatVector x0 = FloatVector.fromArray(WIDE, x, xOffset, columns, k);
            sum = FloatVector.fromArray(WIDE, values, valuesOffset + k).lanewise(FMA, x0, sum);
        }
        if (k < end) {
            IntVector ends = IntVector.fromArray(INTS, lengths, p);
            for (; k < end; k += HEIGHT) {
                VectorMask<Float> ended = ends.compare(LE, done++).cast(WIDE);
                FloatVector x0 = FloatVector.fromArray(WIDE, x, xOffset, columns, k);
                sum =
                        FloatVector.fromArray(WIDE, values, valuesOffset + k)
                                .lanewise(FMA, x0, sum)
                                .blend(sum, ended);
            }
        }
        // Adding -0 changes nothing; the sum itself cannot be asked for its lanes, see LaneSpecies.
        sum = FloatVector.broadcast(WIDE, -0f).lanewise(ADD, sum);
        y[yOffset + order[p]] += sum.lane(0);
        y[yOffset + order[p + 1]] += sum.lane(1);
        y[yOffset + order[p + 2]] += sum.lane(2);
        y[yOffset + order[p + 3]] += sum.lane(3);
        y[yOffset + order[p + 4]] += sum.lane(4);
        y[yOffset + order[p + 5]] += sum.lane(5);
        y[yOffset + order[p + 6]] += sum.lane(6);
        y[yOffset + order[p + 7]] += sum.lane(7);
        y[yOffset + order[p + 8]] += sum.lane(8);
        y[yOffset + order[p + 9]] += sum.lane(9);
        y[yOffset + order[p + 10]] += sum.lane(10);
        y[yOffset + order[p + 11]] += sum.lane(11);
        y[yOffset + order[p + 12]] += sum.lane(12);
        y[yOffset + order[p + 13]] += sum.lane(13);
        y[yOffset + order[p + 14]] += sum.lane(14);
        y[yOffset + order[p + 15]] += sum.lane(15);
    }

    private static void twoRegisters(
            int k,
            int end,
            int[] order,
            int[] lengths,
            int p,
            int[] columns,
            float[] values,
            int valuesOffset,
            float[] x,
            int xOffset,
            float[] y,
            int yOffset) {
        int done = lengths[p + HEIGHT - 1];
        int common = k + done * HEIGHT;
        FloatVector low = FloatVector.zero(WIDE);
        FloatVector high = FloatVector.zero(WIDE);
        for (; k < common; k += HEIGHT) {
            int v = valuesOffset + k;
            FloatVector x0 = FloatVector.fromArray(WIDE, x, xOffset, columns, k);
            FloatVector x1 = FloatVector.fromArray(WIDE, x, xOffset, columns, k + LANES);
            low = FloatVector.fromArray(WIDE, values, v).lanewise(FMA, x0, low);
            high = FloatVector.fromArray(WIDE, values, v + LANES).lanewise(FMA, x1, high);
        }
        if (k < end) {
            IntVector lowEnds = IntVector.fromArray(INTS, lengths, p);
            IntVector highEnds = IntVector.fromArray(INTS, lengths, p + LANES);
            for (; k < end; k += HEIGHT) {
                int v = valuesOffset + k;
                VectorMask<Float> lowEnded = lowEnds.compare(LE, done).cast(WIDE);
                VectorMask<Float> highEnded = highEnds.compare(LE, done++).cast(WIDE);
                FloatVector x0 = FloatVector.fromArray(WIDE, x, xOffset, columns, k);
                FloatVector x1 = FloatVector.fromArray(WIDE, x, xOffset, columns, k + LANES);
                low =
                        FloatVector.fromArray(WIDE, values, v)
                                .lanewise(FMA, x0, low)
                                .blend(low, lowEnded);
                high =
                        FloatVector.fromArray(WIDE, values, v + LANES)
                                .lanewise(FMA, x1, high)
                                .blend(high, highEnded);
            }
        }
        // As above.
        low = FloatVector.broadcast(WIDE, -0f).lanewise(ADD, low);
        high = FloatVector.broadcast(WIDE, -0f).lanewise(ADD, high);
        y[yOffset + order[p]] += low.lane(0);
        y[yOffset + order[p + 1]] += low.lane(1);
        y[yOffset + order[p + 2]] += low.lane(2);
        y[yOffset + order[p + 3]] += low.lane(3);
        y[yOffset + order[p + 4]] += low.lane(4);
        y[yOffset + order[p + 5]] += low.lane(5);
        y[yOffset + order[p + 6]] += low.lane(6);
        y[yOffset + order[p + 7]] += low.lane(7);
        y[yOffset + order[p + 8]] += high.lane(0);
        y[yOffset + order[p + 9]] += high.lane(1);
        y[yOffset + order[p + 10]] += high.lane(2);
        y[yOffset + order[p + 11]] += high.lane(3);
        y[yOffset + order[p + 12]] += high.lane(4);
        y[yOffset + order[p + 13]] += high.lane(5);
        y[yOffset + order[p + 14]] += high.lane(6);
        y[yOffset + order[p + 15]] += high.lane(7);
    }
}
