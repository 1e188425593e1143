package hlstm.bench;

import hlstm.sparse.DenseMatrix;
import hlstm.sparse.KernelProviders;
import hlstm.sparse.Kernels;
import hlstm.sparse.PackedMatrix;
import hlstm.sparse.WeightPool;
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

/** A dense matrix times a vector, with bias: the product of inference at batch 1. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(5)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class DenseMatrixVectorBenchmark {
    /** The kernels: auto, scalar or vector. */
    @Param("auto")
    public String provider;

    /** Rows and columns. */
    @Param({"2048x1024", "3200x1600"})
    public String shape;

    private Kernels kernels;
    private PackedMatrix matrix;
    private float[] x;
    private float[] bias;
    private float[] y;

    /** Called by JMH. */
    public DenseMatrixVectorBenchmark() {}

    /** Draws the matrix and checks the kernel. */
    @Setup
    public void setUp() {
        kernels = KernelProviders.of(provider);
        int rows = Shapes.rows(shape);
        int columns = Shapes.columns(shape);
        DenseMatrix dense =
                new DenseMatrix(rows, columns, RandomArrays.gaussian(rows * columns, 2));
        matrix = PackedMatrix.pack(dense, WeightPool.ofModel(dense.values().length));
        x = RandomArrays.gaussian(columns, 3);
        bias = RandomArrays.gaussian(rows, 4);
        y = new float[rows];
        ResultChecks.product(kernels, dense, matrix, x);
    }

    /** One product. */
    @Benchmark
    public float[] multiply(MultiplyAdds work) {
        kernels.multiply(matrix, x, 0, bias, 0, y, 0);
        work.multiplyAdds += matrix.weights();
        return y;
    }
}
