package hlstm.runtime;

import hlstm.runtime.search.StepScorer;
import hlstm.sparse.Kernels;
import java.util.Arrays;

/**
 * A translation model at work on one sentence: {@link #encode} reads the source, {@link #step} lets
 * hypotheses read target tokens. Belongs to one thread; allocates nothing but room for the longest
 * source so far.
 */
final class TranslationSession implements StepScorer {
    private static final PartRunner ALONE = new PartRunner(null);
    private static final int[] FIRST_SLOT = {0};

    private final PackedTranslation weights;
    private final Kernels kernels;
    private final int embedding;
    private final int width;
    private final int symbols;
    private final LayerSession[] encoder;

    /** Cells of the decoder by slot, then by layer. */
    private final CellSession[][] cells;

    /** The attentional vector of each slot. */
    private final float[][] feeds;

    /** What the hypotheses of a step read, layer after layer, side by side. */
    private final float[] inputs;

    /**
     * Context and output of the last cell of each hypothesis of a step, where one matrix takes
     * both.
     */
    private final float[] combined;

    /** Attentional vectors of the hypotheses of a step, side by side. */
    private final float[] attended;

    private int sourceSteps;

    /** What the encoder reads and, after each of its layers, writes; in turns. */
    private float[] even = new float[0];

    private float[] odd = new float[0];

    /** Vectors of the source, and what scores are products with: of dot attention the same. */
    private float[] memory = new float[0];

    private float[] keys = new float[0];

    /** What the context is a mean of: those vectors, or what becomes of them in attention. */
    private float[] contexts = new float[0];

    private float[] attention = new float[0];

    /**
     * A session with nothing to translate.
     *
     * @param slots hypotheses at a time
     */
    TranslationSession(PackedTranslation weights, Kernels kernels, int slots) {
        this.weights = weights;
        this.kernels = kernels;
        embedding = weights.task().embeddingWidth();
        width = weights.task().width();
        symbols = weights.output().rows();
        encoder =
                weights.encoder().stream()
                        .map(layer -> layer.newSession(kernels, ALONE))
                        .toArray(LayerSession[]::new);
        cells = new CellSession[slots][];
        for (int slot = 0; slot < slots; slot++) {
            cells[slot] =
                    weights.decoder().stream()
                            .map(cell -> new CellSession(kernels, cell, ALONE))
                            .toArray(CellSession[]::new);
        }
        feeds = new float[slots][width];
        for (CellSession reader : cells[0]) {
            reader.reserveAhead(slots);
        }
        inputs = new float[slots * (embedding + width)];
        combined = new float[weights.context() == null ? slots * 2 * width : 0];
        attended = new float[slots * width];
    }

    @Override
    public int symbols() {
        return symbols;
    }

    @Override
    public int slots() {
        return cells.length;
    }

    /** Reads a source of {@code length} tokens, at least one, and sets slot 0 to the beginning. */
    void encode(int[] source, int length) {
        reserve(length);
        for (int step = 0; step < length; step++) {
            System.arraycopy(
                    weights.sourceEmbedding(),
                    source[step] * embedding,
                    even,
                    step * embedding,
                    embedding);
        }
        encode();
    }

    private void reserve(int length) {
        sourceSteps = length;
        int needed = Math.multiplyExact(length, Math.max(embedding, width));
        if (even.length < needed) {
            even = new float[needed];
            odd = new float[needed];
        }
        if (attention.length < length) {
            attention = new float[length];
            keys = weights.keys() == null ? keys : new float[length * width];
            contexts = weights.context() == null ? contexts : new float[length * width];
        }
    }

    /** From the embedded source to what attention looks at. */
    private void encode() {
        float[] from = even;
        float[] to = odd;
        for (LayerSession layer : encoder) {
            layer.reset();
            layer.run(from, 0, sourceSteps, to, 0);
            float[] swapped = from;
            from = to;
            to = swapped;
        }
        memory = from;
        if (weights.keys() == null) {
            keys = memory;
        } else {
            weights.keys().computeAhead(kernels, 0, sourceSteps, memory, 0, width, keys, 0);
        }
        if (weights.context() == null) {
            contexts = memory;
        } else {
            weights.context().computeAhead(kernels, 0, sourceSteps, memory, 0, width, contexts, 0);
        }
        for (CellSession cell : cells[0]) {
            cell.state().reset();
        }
        Arrays.fill(feeds[0], 0);
    }

    @Override
    public void step(int count, int[] slots, int[] symbols, float[] scores) {
        for (int k = 0; k < count; k++) {
            read(k, slots[k], weights.targetEmbedding(), symbols[k] * embedding);
        }
        attend(count, slots);
        weights.output().computeAhead(kernels, 0, count, attended, 0, width, scores, 0);
        for (int k = 0; k < count; k++) {
            SoftmaxLogarithm.logProbabilities(scores, k * this.symbols, this.symbols);
        }
    }

    /** Sets what hypothesis k reads: an embedding and, behind it, the slot's attentional vector. */
    private void read(int k, int slot, float[] embedded, int offset) {
        int into = k * (embedding + width);
        System.arraycopy(embedded, offset, inputs, into, embedding);
        System.arraycopy(feeds[slot], 0, inputs, into + embedding, width);
    }

    /**
     * Takes slots one step on, to their next attentional vectors. What does not wait for a slot's
     * own state meets all of them in one pass over the weights, with the bits of one slot alone.
     */
    private void attend(int count, int[] slots) {
        for (int layer = 0; layer < cells[0].length; layer++) {
            CellSession reader = cells[0][layer];
            reader.readAhead(inputs, 0, count);
            for (int k = 0; k < count; k++) {
                CellSession cell = cells[slots[k]][layer];
                cell.stepAhead(reader, k);
                System.arraycopy(cell.state().h, 0, inputs, k * width, width);
            }
        }
        if (weights.context() == null) {
            for (int k = 0; k < count; k++) {
                int into = 2 * width * k;
                Arrays.fill(combined, into, into + width, 0);
                addContext(k, combined, into);
                System.arraycopy(inputs, k * width, combined, into + width, width);
            }
            weights.combine().computeAhead(kernels, 0, count, combined, 0, 2 * width, attended, 0);
        } else {
            // The product with a mean is the mean of products, which one pass over the weights
            // gave for the whole source.
            weights.combine().computeAhead(kernels, 0, count, inputs, 0, width, attended, 0);
            for (int k = 0; k < count; k++) {
                addContext(k, attended, k * width);
            }
        }
        kernels.tanh(attended, 0, attended, 0, count * width);
        for (int k = 0; k < count; k++) {
            System.arraycopy(attended, k * width, feeds[slots[k]], 0, width);
        }
    }

    /** Attention: adds the mean of the source's vectors, weighted by what hypothesis k looks at. */
    private void addContext(int k, float[] into, int offset) {
        for (int step = 0; step < sourceSteps; step++) {
            attention[step] = product(inputs, k * width, keys, step * width);
        }
        SoftmaxLogarithm.probabilities(attention, 0, sourceSteps);
        for (int step = 0; step < sourceSteps; step++) {
            float share = attention[step];
            int row = step * width;
            for (int n = 0; n < width; n++) {
                into[offset + n] += share * contexts[row + n];
            }
        }
    }

    /** Four sums, so that additions need not wait for each other; their order is fixed. */
    private float product(float[] a, int aOffset, float[] b, int bOffset) {
        float sum0 = 0;
        float sum1 = 0;
        float sum2 = 0;
        float sum3 = 0;
        int k = 0;
        for (; k + 3 < width; k += 4) {
            sum0 += a[aOffset + k] * b[bOffset + k];
            sum1 += a[aOffset + k + 1] * b[bOffset + k + 1];
            sum2 += a[aOffset + k + 2] * b[bOffset + k + 2];
            sum3 += a[aOffset + k + 3] * b[bOffset + k + 3];
        }
        for (; k < width; k++) {
            sum0 += a[aOffset + k] * b[bOffset + k];
        }
        return sum0 + sum1 + (sum2 + sum3);
    }

    @Override
    public void copy(int from, int to) {
        for (int layer = 0; layer < cells[from].length; layer++) {
            CellState source = cells[from][layer].state();
            CellState copy = cells[to][layer].state();
            System.arraycopy(source.h, 0, copy.h, 0, width);
            System.arraycopy(source.c, 0, copy.c, 0, width);
        }
        System.arraycopy(feeds[from], 0, feeds[to], 0, width);
    }

    /**
     * How the last step of the last hypothesis looked at the source: {@code into} takes a share for
     * each source token; they add up to 1.
     */
    void attention(float[] into) {
        System.arraycopy(attention, 0, into, 0, sourceSteps);
    }

    /**
     * Runs embeddings instead of tokens, for the self-check.
     *
     * @param in for each step an embedding of the source and one of the target, side by side; the
     *     source is read as a whole before the first step of the target
     * @param out takes the logits of each step
     */
    void run(float[] in, int steps, float[] out) {
        reserve(steps);
        for (int step = 0; step < steps; step++) {
            System.arraycopy(in, 2 * step * embedding, even, step * embedding, embedding);
        }
        encode();
        for (int step = 0; step < steps; step++) {
            read(0, 0, in, (2 * step + 1) * embedding);
            attend(1, FIRST_SLOT);
            weights.output().compute(kernels, 0, feeds[0], 0, null, out, step * symbols);
        }
    }
}
