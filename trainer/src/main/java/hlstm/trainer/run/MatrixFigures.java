package hlstm.trainer.run;

/**
 * The size of a gate matrix at some time of a run.
 *
 * @param name of the parameter
 * @param rows outputs
 * @param columns inputs
 * @param weights connections that exist
 */
public record MatrixFigures(String name, int rows, int columns, int weights) {
    /** Connections over all possible ones. */
    public double density() {
        return (double) weights / ((double) rows * columns);
    }
}
