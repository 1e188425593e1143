package hlstm.runtime;

/**
 * How a convolution moves along time or frequency: output j is computed from the inputs {@code j *
 * stride - padding} to {@code j * stride - padding + kernel - 1}, those outside being zero.
 *
 * @param kernel inputs that an output is computed from
 * @param stride inputs from one output to the next
 * @param padding zeros before the first input, and as many behind the last; fewer than {@code
 *     kernel}, so that every output meets an input
 */
public record ConvolutionAxis(int kernel, int stride, int padding) {
    /** Longest kernel, and longest stride. */
    public static final int MAX_KERNEL = 1024;

    /** Checks the ranges. */
    public ConvolutionAxis {
        if (kernel < 1
                || kernel > MAX_KERNEL
                || stride < 1
                || stride > MAX_KERNEL
                || padding < 0
                || padding >= kernel) {
            throw new IllegalArgumentException(
                    ("a convolution needs kernel and stride in [1, %d] and padding in [0, kernel):"
                                    + " kernel %d, stride %d, padding %d")
                            .formatted(MAX_KERNEL, kernel, stride, padding));
        }
    }

    /** Number of outputs of so many inputs; none of none. */
    public int outputs(int inputs) {
        long reach = inputs + 2L * padding - kernel;
        return inputs == 0 || reach < 0 ? 0 : (int) Math.min(Integer.MAX_VALUE, reach / stride + 1);
    }

    /** The fewest inputs, at least 1, that give so many outputs. */
    int inputs(int outputs) {
        return Math.max(1, Math.toIntExact((outputs - 1L) * stride + kernel - 2L * padding));
    }
}
