package hlstm.bench;

import hlstm.sparse.Geometry;
import hlstm.sparse.KernelProviders;
import hlstm.sparse.Kernels;
import hlstm.sparse.SparseMatrix;
import hlstm.sparse.SparsityPattern;
import hlstm.sparse.TransposedPattern;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The three products of a training step, with an unstructured sparse matrix and a batch. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(5)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class TrainingProductBenchmark {
    /** Steps over which a weight's gradient is gathered at once. */
    private static final int STEPS = 16;

    /** The kernels: auto, scalar or vector. */
    @Param("auto")
    public String provider;

    /** Rows and columns. */
    @Param({"2048x1024", "3200x1600"})
    public String shape;

    /** Share of the connections that exist. */
    @Param({"0.2", "0.1", "0.05"})
    public double density;

    /** Sequences side by side. */
    @Param("16")
    public int lanes;

    private Kernels kernels;
    private SparsityPattern pattern;
    private SparsityPattern transposed;
    private float[] values;
    private float[] transposedValues;
    private float[] x;
    private float[] y;
    private float[] gradient;

    /** Called by JMH. */
    public TrainingProductBenchmark() {}

    /** Draws the matrix and the activations and checks the kernels. */
    @Setup
    public void setUp() {
        kernels = KernelProviders.of(provider);
        int rows = Shapes.rows(shape);
        int columns = Shapes.columns(shape);
        pattern =
                SparsityPattern.random(
                        rows, columns, Geometry.PLAIN, density, new SplittableRandom(1));
        values = RandomArrays.gaussian(pattern.nonzeros(), 2);
        TransposedPattern transposition = new TransposedPattern(pattern);
        transposed = transposition.pattern();
        transposedValues = new float[values.length];
        transposition.transpose(values, transposedValues);
        x = RandomArrays.gaussian(STEPS * columns * lanes, 3);
        y = RandomArrays.gaussian(STEPS * rows * lanes, 4);
        gradient = new float[values.length];
        check();
    }

    private void check() {
        MultiplyAdds work = new MultiplyAdds();
        float[] output = y;
        y = new float[output.length];
        forward(work);
        ResultChecks.batchProduct(new SparseMatrix(pattern, values), x, y, lanes);
        y = output;
        float[] input = x;
        x = new float[input.length];
        inputGradient(work);
        ResultChecks.batchProduct(new SparseMatrix(transposed, transposedValues), y, x, lanes);
        x = input;
        weightGradient(work);
        for (int row = 0; row < pattern.rows(); row++) {
            int k = pattern.rowOffset(row);
            if (k < pattern.rowOffset(row + 1)) {
                ResultChecks.gradient(
                        pattern.rows(),
                        pattern.columns(),
                        row,
                        pattern.column(k),
                        y,
                        x,
                        STEPS,
                        lanes,
                        gradient[k]);
            }
        }
    }

    /** {@code Y += W X}. */
    @Benchmark
    public float[] forward(MultiplyAdds work) {
        kernels.multiplyAdd(pattern, values, 0, pattern.rows(), x, 0, lanes, y, 0, lanes, lanes);
        work.multiplyAdds += (long) values.length * lanes;
        return y;
    }

    /** {@code dX += W' dY}. */
    @Benchmark
    public float[] inputGradient(MultiplyAdds work) {
        kernels.multiplyAdd(
                transposed,
                transposedValues,
                0,
                transposed.rows(),
                y,
                0,
                lanes,
                x,
                0,
                lanes,
                lanes);
        work.multiplyAdds += (long) values.length * lanes;
        return x;
    }

    /** {@code dW += dY X'} where W has connections, over several steps. */
    @Benchmark
    public float[] weightGradient(MultiplyAdds work) {
        kernels.addGradient(
                pattern,
                0,
                pattern.rows(),
                y,
                0,
                lanes,
                pattern.rows() * lanes,
                x,
                0,
                lanes,
                pattern.columns() * lanes,
                STEPS,
                lanes,
                gradient);
        work.multiplyAdds += (long) values.length * lanes * STEPS;
        return gradient;
    }
}
