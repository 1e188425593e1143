package hlstm.bench;

import hlstm.bench.mkl.MklCsr;
import hlstm.bench.peers.PeerUnavailableException;
import hlstm.sparse.Geometry;
import hlstm.sparse.SparseMatrix;
import hlstm.sparse.SparsityPattern;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * MKL's sparse product at the matrices that {@link MatrixVectorBenchmark} multiplies plainly,
 * without a bias; the vectors stay outside the heap, so nothing is copied.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(5)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class MklCsrBenchmark {
    /** Rows and columns. */
    @Param({"2048x1024", "3200x1600"})
    public String shape;

    /** Share of the connections that exist. */
    @Param({"0.2", "0.1", "0.05"})
    public double density;

    private SparseMatrix sparse;
    private MklCsr matrix;

    /** Called by JMH. */
    public MklCsrBenchmark() {}

    /**
     * Draws the matrix and checks the product.
     *
     * @throws PeerUnavailableException if MKL is not built in or does not load here
     */
    @Setup
    public void setUp() throws PeerUnavailableException {
        int rows = Shapes.rows(shape);
        int columns = Shapes.columns(shape);
        SparsityPattern pattern =
                SparsityPattern.random(
                        rows, columns, Geometry.PLAIN, density, new SplittableRandom(1));
        sparse = new SparseMatrix(pattern, RandomArrays.gaussian(pattern.nonzeros(), 2));
        matrix = new MklCsr(sparse);
        float[] x = RandomArrays.gaussian(columns, 3);
        matrix.setInput(x);
        matrix.multiply();
        ResultChecks.batchProduct(sparse, x, matrix.output(), 1);
    }

    /** One product. */
    @Benchmark
    public void multiply(MultiplyAdds work) {
        matrix.multiply();
        work.multiplyAdds += sparse.weights();
    }

    /** Frees the matrix. */
    @TearDown
    public void close() {
        matrix.close();
    }
}
