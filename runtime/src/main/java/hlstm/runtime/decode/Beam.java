package hlstm.runtime.decode;

import java.util.Arrays;

/** The prefixes that a search follows, best first, as nodes of a tree. */
final class Beam {
    int size;
    int[] nodes = new int[16];

    /** Log-probabilities of the alignments that end in a blank. */
    double[] blankEnds = new double[16];

    /** Log-probabilities of those that end in the last symbol. */
    double[] symbolEnds = new double[16];

    void reserve(int prefixes) {
        if (nodes.length < prefixes) {
            int capacity = (int) Math.min(Integer.MAX_VALUE - 8, 2L * prefixes);
            nodes = Arrays.copyOf(nodes, capacity);
            blankEnds = Arrays.copyOf(blankEnds, capacity);
            symbolEnds = Arrays.copyOf(symbolEnds, capacity);
        }
    }

    void set(int rank, int node, double blankEnd, double symbolEnd) {
        nodes[rank] = node;
        blankEnds[rank] = blankEnd;
        symbolEnds[rank] = symbolEnd;
    }

    double total(int rank) {
        return LogDomain.add(blankEnds[rank], symbolEnds[rank]);
    }
}
