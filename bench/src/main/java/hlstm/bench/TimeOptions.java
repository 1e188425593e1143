package hlstm.bench;

import java.time.Duration;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** How long a benchmark measures, as an option of several commands. */
public final class TimeOptions {
    /** The longest time of a row, a day. */
    public static final int MOST_SECONDS = 86_400;

    private static final double MILLIS = 1000;

    private final double quickSeconds;

    @Spec(Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            description = "Time measured of each row (default: ${DEFAULT-VALUE}).")
    private double seconds;

    @Option(names = "--quick", description = "Much less time for each row: rough figures.")
    private boolean quick;

    /**
     * Options with their defaults.
     *
     * @param seconds of each row
     * @param quickSeconds of each row with {@code --quick}
     */
    public TimeOptions(double seconds, double quickSeconds) {
        this.seconds = seconds;
        this.quickSeconds = quickSeconds;
    }

    /**
     * Time to measure of each row.
     *
     * @throws ParameterException if it is less than a millisecond or more than a day
     */
    public Duration time() {
        if (!(seconds >= 1 / MILLIS && seconds <= MOST_SECONDS)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--seconds: expected %s to %d, found %s"
                            .formatted(1 / MILLIS, MOST_SECONDS, seconds));
        }
        return Duration.ofMillis(Math.round(MILLIS * (quick ? quickSeconds : seconds)));
    }
}
