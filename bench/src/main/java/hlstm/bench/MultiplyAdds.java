package hlstm.bench;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Counts the multiplications and additions that a benchmark does. */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.OPERATIONS)
public class MultiplyAdds {
    /** The name of the counter in JMH's results. */
    static final String COUNTER = "multiplyAdds";

    /** Pairs of a multiplication and an addition so far. */
    public long multiplyAdds;

    /** Called by JMH. */
    public MultiplyAdds() {}

    /** Starts an iteration. */
    @Setup(Level.Iteration)
    public void reset() {
        multiplyAdds = 0;
    }
}
