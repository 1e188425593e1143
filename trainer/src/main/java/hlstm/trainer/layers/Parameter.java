package hlstm.trainer.layers;

import hlstm.sparse.SparsityPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A trainable tensor: a dense or sparse matrix, or a vector (a matrix of one column). Values,
 * gradient and the optimiser's state are packed: row after row if dense, in CSR order if sparse.
 */
public final class Parameter {
    /** What a parameter is to the network; decides what grow-and-prune and weight decay touch. */
    public enum Kind {
        /** Gate weights that multiply the input of a cell. */
        INPUT,
        /** Gate weights that multiply the previous output of a cell. */
        RECURRENT,
        /** Gate weights that multiply a hidden layer of a gate. */
        HIDDEN,
        /** Weights around a decoder's attention. */
        ATTENTION,
        /** Weights of the output layer. */
        OUTPUT,
        /** Other weights. */
        OTHER,
        /** Biases, scales and shifts. */
        VECTOR
    }

    private final String name;
    private final Kind kind;
    private final int rows;
    private final int columns;
    private SparsityPattern pattern;
    private float[] values;
    private float[] gradient;
    private float[] denseGradient;
    private float[] average;
    private final List<float[]> slots = new ArrayList<>();

    /** A dense parameter of zeros. */
    public Parameter(String name, Kind kind, int rows, int columns) {
        this(name, kind, rows, columns, null);
    }

    /** A parameter of zeros, sparse if a pattern is given. */
    public Parameter(String name, Kind kind, int rows, int columns, SparsityPattern pattern) {
        this.name = name;
        this.kind = kind;
        this.rows = rows;
        this.columns = columns;
        this.pattern = pattern;
        if (pattern != null && (pattern.rows() != rows || pattern.columns() != columns)) {
            throw new IllegalArgumentException(
                    "%s is %d x %d, its pattern %s".formatted(name, rows, columns, pattern));
        }
        int size = pattern == null ? Math.multiplyExact(rows, columns) : pattern.nonzeros();
        this.values = new float[size];
        this.gradient = new float[size];
    }

    /** The name of the tensor within the network, as in checkpoints and model files. */
    public String name() {
        return name;
    }

    /** What the parameter is to the network. */
    public Kind kind() {
        return kind;
    }

    /** Rows (outputs). */
    public int rows() {
        return rows;
    }

    /** Columns (inputs); 1 for a vector. */
    public int columns() {
        return columns;
    }

    /** The connections that exist, or null for a dense parameter. */
    public SparsityPattern pattern() {
        return pattern;
    }

    /** Whether a pattern limits the connections. */
    public boolean isSparse() {
        return pattern != null;
    }

    /**
     * Where the values of a row begin.
     *
     * @param row from 0 to the number of rows, which is where all values end
     */
    public int rowStart(int row) {
        return isSparse() ? pattern.rowOffset(row) : row * columns;
    }

    /** Connections of a row. */
    public int connections(int row) {
        return rowStart(row + 1) - rowStart(row);
    }

    /** Draws values from uniform distributions of variance 1 / connections of the row. */
    void initialise(RandomGenerator random) {
        for (int row = 0; row < rows; row++) {
            float bound = (float) Math.sqrt(3.0 / Math.max(1, connections(row)));
            for (int k = rowStart(row); k < rowStart(row + 1); k++) {
                values[k] = random.nextFloat(-bound, bound);
            }
        }
    }

    /** The packed values; replaced by {@link #restructure}. */
    public float[] values() {
        return values;
    }

    /** The packed gradient of the batch; layers add to it, the training loop zeroes it. */
    public float[] gradient() {
        return gradient;
    }

    /**
     * The accumulated gradient of every element, existing or not, {@code rows * columns} row after
     * row; null unless growth is scoring. Layers add to it besides {@link #gradient()}; it gathers
     * over batches until growth takes it.
     */
    public float[] denseGradient() {
        return denseGradient;
    }

    /** Starts (a zeroed array) or ends (null) the gathering of the dense gradient. */
    public void setDenseGradient(float[] denseGradient) {
        this.denseGradient = denseGradient;
    }

    /** The moving average of the values, packed like them; null unless weights are averaged. */
    public float[] average() {
        return average;
    }

    /**
     * Starts (a packed array, taken over) or ends (null) the averaging of the values.
     *
     * @throws IllegalArgumentException if there are not as many as values
     */
    public void setAverage(float[] average) {
        if (average != null && average.length != values.length) {
            throw new IllegalArgumentException(
                    "%s has %d values, the average %d"
                            .formatted(this, values.length, average.length));
        }
        this.average = average;
    }

    /** The optimiser's state: packed arrays as long as the values, in the optimiser's order. */
    public List<float[]> slots() {
        return slots;
    }

    /**
     * Takes another pattern. Connections that stay keep their value, average and optimiser state;
     * those that are new start at zero. A dense parameter becomes sparse.
     */
    public void restructure(SparsityPattern next) {
        if (next.rows() != rows || next.columns() != columns) {
            throw new IllegalArgumentException(
                    "%s is %d x %d, the new pattern %s".formatted(name, rows, columns, next));
        }
        SparsityPattern from =
                pattern == null ? SparsityPattern.full(rows, columns, next.geometry()) : pattern;
        values = from.transfer(values, next);
        slots.replaceAll(slot -> from.transfer(slot, next));
        average = average == null ? null : from.transfer(average, next);
        gradient = new float[next.nonzeros()];
        pattern = next;
    }

    /**
     * Takes over a state kept earlier: structure, packed values and optimiser state, which are
     * copied. The gradient starts at zero, and there is no average.
     *
     * @param pattern the connections, or null for a dense parameter
     * @param values one for each connection, or {@code rows * columns} if dense
     * @param slots as {@link #slots()} was, each as long as the values
     */
    public void restore(SparsityPattern pattern, float[] values, List<float[]> slots) {
        int size = pattern == null ? rows * columns : pattern.nonzeros();
        boolean fits = pattern == null || pattern.rows() == rows && pattern.columns() == columns;
        if (!fits
                || values.length != size
                || slots.stream().anyMatch(slot -> slot.length != size)) {
            throw new IllegalArgumentException(
                    "cannot restore %s from %d values with pattern %s"
                            .formatted(this, values.length, pattern));
        }
        this.pattern = pattern;
        this.values = values.clone();
        this.gradient = new float[size];
        this.average = null;
        this.slots.clear();
        slots.forEach(slot -> this.slots.add(slot.clone()));
    }

    @Override
    public String toString() {
        return pattern == null
                ? "%s: %d x %d dense".formatted(name, rows, columns)
                : "%s: %s".formatted(name, pattern);
    }
}
