package hlstm.runtime.search;

/**
 * A model that writes a sequence symbol by symbol, at work on several hypotheses: each has a slot
 * with the state that the symbols so far have left. What begins a search is in slot 0, set by who
 * knows the model. One thread at a time.
 */
public interface StepScorer {
    /** Number of symbols; a symbol is a number from 0. */
    int symbols();

    /** Number of slots: the widest beam. */
    int slots();

    /**
     * Lets some hypotheses read a symbol each, and scores what may come next.
     *
     * @param count number of hypotheses
     * @param slots their slots, all different; their states go one step on
     * @param symbols what each reads: its last symbol, at first what begins a sequence
     * @param scores takes {@code count * symbols()} natural logarithms of probabilities, those of
     *     one hypothesis after the other; negative infinity where a symbol is impossible
     */
    void step(int count, int[] slots, int[] symbols, float[] scores);

    /** Copies the state of one slot to another, in place. */
    void copy(int from, int to);
}
