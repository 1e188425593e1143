package hlstm.runtime;

import java.util.List;

/** The directions of a recurrent layer, and what becomes of the outputs of two. */
public enum Directions {
    /** One cell, from the first step to the last. */
    FORWARD,
    /** A second cell runs from the last step to the first; the outputs of both are added. */
    SUMMED,
    /** A second cell, too; its outputs stand behind those of the first. */
    CONCATENATED;

    /** Whether there is a second cell. */
    public boolean both() {
        return this != FORWARD;
    }

    /** The names of the directions in tensor names. */
    public List<String> names() {
        return both() ? List.of("forward", "backward") : List.of("forward");
    }

    /** Outputs of a layer whose cells are of a width. */
    public int outputWidth(int cellWidth) {
        return this == CONCATENATED ? Math.multiplyExact(2, cellWidth) : cellWidth;
    }

    /** Where in the outputs those of the second cell begin. */
    public int backwardOffset(int cellWidth) {
        return outputWidth(cellWidth) - cellWidth;
    }
}
