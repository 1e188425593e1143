package hlstm.runtime;

import hlstm.sparse.Kernels;
import hlstm.sparse.PackedMatrix;
import java.util.List;

/**
 * {@code y = b + W x + ...}: one or several matrices that write rows of a common output, cut into
 * parts of rows that threads may compute each on its own. Every row is summed in the same order
 * however many parts there are, hence the same bits. Immutable.
 */
final class AffineLevel {
    private final float[] bias;
    private final int[] borders;
    private final Product[][] parts;

    /**
     * A matrix, and where it reads and writes.
     *
     * @param source which input it multiplies
     * @param inputOffset its first input within the source
     * @param outputOffset its first row within the level
     */
    record Product(
            PackedMatrix weights, GateMatrix.Source source, int inputOffset, int outputOffset) {
        /** The row behind the last one. */
        int outputEnd() {
            return outputOffset + weights.rows();
        }
    }

    /**
     * A level in one part.
     *
     * @param products cover every row; those of the recurrent source come behind the others, whose
     *     outputs they are added to
     */
    AffineLevel(float[] bias, List<Product> products) {
        this(bias, new int[] {0, bias.length}, new Product[][] {products.toArray(Product[]::new)});
    }

    /**
     * A level in parts.
     *
     * @param borders the first row of each part, and the end
     * @param parts what each part computes
     */
    AffineLevel(float[] bias, int[] borders, Product[][] parts) {
        this.bias = bias;
        this.borders = borders;
        this.parts = parts;
    }

    /**
     * This level, which is in one part, in at most so many.
     *
     * @param minShare stored weights that a part must have, on average
     */
    AffineLevel split(int threads, int minShare) {
        return new LevelCuts(List.of(parts[0])).split(bias, threads, minShare);
    }

    /** Number of parts. */
    int parts() {
        return parts.length;
    }

    /** Number of rows. */
    int rows() {
        return bias.length;
    }

    /** The first row of a part; of the part behind the last, the number of rows. */
    int firstRow(int part) {
        return borders[part];
    }

    /** Stored weights of all parts. */
    long storedValues() {
        long stored = 0;
        for (Product[] part : parts) {
            for (Product product : part) {
                stored += product.weights().storedValues();
            }
        }
        return stored;
    }

    /**
     * Computes the rows of a part.
     *
     * @param x the input of a layer, or of a cell on this step, or the level below
     * @param h the output of the cell on the step before; null for a level that does not read it
     */
    void compute(
            Kernels kernels, int part, float[] x, int xOffset, float[] h, float[] y, int yOffset) {
        for (Product product : parts[part]) {
            if (product.source() != GateMatrix.Source.RECURRENT) {
                int row = product.outputOffset();
                kernels.multiply(
                        product.weights(),
                        x,
                        xOffset + product.inputOffset(),
                        bias,
                        row,
                        y,
                        yOffset + row);
            }
        }
        addRecurrent(kernels, part, h, y, yOffset);
    }

    /**
     * Computes what does not wait for h in the rows of a part, for several steps at once: {@code
     * y[t] = b + W x[t]}. With {@link #addRecurrent} on each step it gives the bits of {@link
     * #compute}.
     *
     * @param x inputs of the steps, {@code xStride} from one to the next
     * @param y takes {@link #rows} floats for each step, one step after the other
     */
    void computeAhead(
            Kernels kernels,
            int part,
            int steps,
            float[] x,
            int xOffset,
            int xStride,
            float[] y,
            int yOffset) {
        for (Product product : parts[part]) {
            if (product.source() != GateMatrix.Source.RECURRENT) {
                int row = product.outputOffset();
                kernels.multiply(
                        product.weights(),
                        steps,
                        x,
                        xOffset + product.inputOffset(),
                        xStride,
                        bias,
                        row,
                        y,
                        yOffset + row,
                        rows());
            }
        }
    }

    /** Adds what h gives to the rows of a part, all else being done. */
    void addRecurrent(Kernels kernels, int part, float[] h, float[] y, int yOffset) {
        for (Product product : parts[part]) {
            if (product.source() == GateMatrix.Source.RECURRENT) {
                kernels.multiplyAdd(
                        product.weights(),
                        h,
                        product.inputOffset(),
                        y,
                        yOffset + product.outputOffset());
            }
        }
    }
}
