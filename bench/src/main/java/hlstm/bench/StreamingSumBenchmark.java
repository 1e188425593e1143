package hlstm.bench;

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
 * The floor of the products at batch 1: reading as many values of four bytes once. The values are
 * ints, whose sum the compiler may reorder and hence vectorise; a bit is turned in each, since it
 * leaves a bare sum alone.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(5)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class StreamingSumBenchmark {
    private static final int BIT = 1 << 20;

    /** Rows and columns. */
    @Param({"2048x1024", "3200x1600"})
    public String shape;

    /** Share of the connections that exist. */
    @Param({"1", "0.2", "0.1", "0.05"})
    public double density;

    private int[] values;

    /** Called by JMH. */
    public StreamingSumBenchmark() {}

    /** Draws the values. */
    @Setup
    public void setUp() {
        long count = Math.round(density * Shapes.rows(shape) * Shapes.columns(shape));
        values = new SplittableRandom(1).ints(count).toArray();
    }

    /** One sum; a value read counts as a multiply-add. */
    @Benchmark
    public int sum(MultiplyAdds work) {
        int sum = 0;
        for (int value : values) {
            sum += value ^ BIT;
        }
        work.multiplyAdds += values.length;
        return sum;
    }
}
