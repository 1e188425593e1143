package hlstm.bench;

import hlstm.sparse.Geometry;
import hlstm.sparse.KernelProviders;
import hlstm.sparse.Kernels;
import hlstm.sparse.PackedMatrix;
import hlstm.sparse.SparseMatrix;
import hlstm.sparse.SparsityPattern;
import hlstm.sparse.WeightPool;
import java.util.Arrays;
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

/**
 * A sparse matrix times the steps of a sequence, with bias: step by step, and at once as a run does
 * what does not wait for the state. An operation is all steps.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(5)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class MatrixSequenceBenchmark {
    /** The kernels: auto, scalar or vector. */
    @Param("auto")
    public String provider;

    /** Rows and columns. */
    @Param({"3200x800", "3200x1600"})
    public String shape;

    /** Share of the connections that exist. */
    @Param({"0.2", "0.05"})
    public double density;

    /** The geometry. */
    @Param({"plain", "rows4", "rows8", "rows16", "rows32", "banked8"})
    public String layout;

    /** Steps of the sequence. */
    @Param("16")
    public int steps;

    private Kernels kernels;
    private PackedMatrix matrix;
    private float[] x;
    private float[] bias;
    private float[] y;

    /** Called by JMH. */
    public MatrixSequenceBenchmark() {}

    /** Draws the matrix and checks the kernel. */
    @Setup
    public void setUp() {
        kernels = KernelProviders.of(provider);
        int rows = Shapes.rows(shape);
        int columns = Shapes.columns(shape);
        SparsityPattern pattern =
                SparsityPattern.random(
                        rows, columns, Geometry.of(layout), density, new SplittableRandom(1));
        SparseMatrix sparse =
                new SparseMatrix(pattern, RandomArrays.gaussian(pattern.nonzeros(), 2));
        kernels.prepare(sparse);
        matrix = PackedMatrix.pack(sparse, WeightPool.ofModel(sparse.pattern().nonzeros()));
        bias = RandomArrays.gaussian(rows, 4);
        x = RandomArrays.gaussian(steps * columns, 3);
        y = new float[steps * rows];
        ResultChecks.product(kernels, sparse, matrix, Arrays.copyOf(x, columns));
        check();
    }

    private void check() {
        MultiplyAdds work = new MultiplyAdds();
        float[] expected = stepByStep(work).clone();
        Arrays.fill(y, Float.NaN);
        if (!Arrays.equals(expected, atOnce(work))) {
            throw new IllegalStateException(
                    "%d steps at once give other bits than step by step; benchmark stopped"
                            .formatted(steps));
        }
    }

    /** One product for each step. */
    @Benchmark
    public float[] stepByStep(MultiplyAdds work) {
        int columns = matrix.columns();
        int rows = matrix.rows();
        for (int t = 0; t < steps; t++) {
            kernels.multiply(matrix, x, t * columns, bias, 0, y, t * rows);
        }
        work.multiplyAdds += (long) matrix.weights() * steps;
        return y;
    }

    /** All steps in one call. */
    @Benchmark
    public float[] atOnce(MultiplyAdds work) {
        kernels.multiply(matrix, steps, x, 0, matrix.columns(), bias, 0, y, 0, matrix.rows());
        work.multiplyAdds += (long) matrix.weights() * steps;
        return y;
    }
}
