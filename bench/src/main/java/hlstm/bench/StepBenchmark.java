package hlstm.bench;

import hlstm.runtime.Model;
import hlstm.runtime.Session;
import hlstm.sparse.Geometry;
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

/** One step of a layer at batch 1: a plain LSTM, a dense H-LSTM, and sparse H-LSTMs. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class StepBenchmark {
    private static final int INPUTS = 512;
    private static final int WIDTH = 512;
    private static final int FRAMES = 64;

    /** The cell: a geometry and its density, or dense. */
    @Param({
        "lstm-dense",
        "hlstm-dense",
        "hlstm-plain-0.1",
        "hlstm-rows16-0.1",
        "hlstm-banked8-0.125"
    })
    public String cell;

    private final float[] in = new float[INPUTS];
    private float[] frames;
    private float[] out;
    private Session session;
    private int frame;

    /** Called by JMH. */
    public StepBenchmark() {}

    /** Makes the model and its input. */
    @Setup
    public void setUp() {
        String[] parts = cell.split("-");
        boolean dense = parts[1].equals("dense");
        Model model =
                RandomModels.of(
                        INPUTS,
                        WIDTH,
                        parts[0].equals("hlstm") ? WIDTH : 0,
                        dense ? Geometry.PLAIN : Geometry.of(parts[1]),
                        dense ? 1 : Double.parseDouble(parts[2]));
        session = model.newSession();
        out = new float[model.spec().outputWidth()];
        frames = new float[FRAMES * INPUTS];
        SplittableRandom random = new SplittableRandom(2);
        for (int k = 0; k < frames.length; k++) {
            frames[k] = (float) random.nextGaussian();
        }
    }

    /** One step. */
    @Benchmark
    public float[] step() {
        System.arraycopy(frames, frame * INPUTS, in, 0, INPUTS);
        frame = (frame + 1) % FRAMES;
        session.step(in, out);
        return out;
    }
}
