package hlstm.runtime;

/**
 * One weight matrix of a cell, and where it reads and writes.
 *
 * @param name its name within the cell, as in a model file
 * @param source what it multiplies
 * @param level the level whose pre-activations it adds to
 * @param rows number of outputs
 * @param columns number of inputs
 * @param inputOffset first input within its source
 * @param outputOffset first output within its level
 */
public record GateMatrix(
        String name,
        Source source,
        int level,
        int rows,
        int columns,
        int inputOffset,
        int outputOffset) {
    /** What a gate matrix multiplies. */
    public enum Source {
        /** The input x of the cell at this step. */
        INPUT,
        /** The output h of the cell at the step before. */
        RECURRENT,
        /** The rectified level before its own. */
        HIDDEN
    }
}
