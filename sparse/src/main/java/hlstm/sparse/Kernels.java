package hlstm.sparse;

/**
 * The products and activations that inference and training are made of. One implementation is
 * chosen at start, see {@link KernelProviders}. Safe to share among threads; no method allocates
 * but {@link #report} and {@link #prepare}. Arguments are trusted: callers check shapes once, when
 * a model or layer is made.
 *
 * <p>Batch products work on feature-major blocks: element (feature f, lane l) of a block lies at
 * {@code offset + f * stride + l}, so the lanes of a feature are contiguous and fill SIMD registers
 * whatever the pattern of the weights. They compute a range of rows, so that threads may share a
 * product; each row is summed in the same order whoever computes it, hence the same bits. Any
 * number of lanes is right; multiples of 16, or of 4 at least, are fast.
 */
public interface Kernels {
    /** Floats of work space that the gradient of a dense matrix needs. */
    int GRADIENT_WORK = 297 * 256;

    /** What was chosen, and why. */
    ProviderReport report();

    /**
     * Called with each matrix of a model when it is made. Where only the processor can say which
     * form of a kernel is faster, and the matrix is large enough for that to matter, the forms are
     * timed, once for these kernels. That takes about a second, most of it for the compilation that
     * a warm-up would do otherwise, and 3 seconds at most where the compiler is busy. Forms give
     * the same bits, so products may run before, meanwhile and after.
     */
    void prepare(Matrix w);

    // Batch 1: a packed matrix times one vector.

    /** {@code y = W x + bias}: {@code W.columns()} inputs, {@code W.rows()} biases and outputs. */
    void multiply(
            PackedMatrix w,
            float[] x,
            int xOffset,
            float[] bias,
            int biasOffset,
            float[] y,
            int yOffset);

    /** {@code y += W x}. */
    void multiplyAdd(PackedMatrix w, float[] x, int xOffset, float[] y, int yOffset);

    // Several steps: a packed matrix times the vectors of a sequence.

    /**
     * {@code y[t] = W x[t] + bias} for each step t, at once where that takes less time than step
     * after step. Each row of each step is summed in the order of {@link #multiply(PackedMatrix,
     * float[], int, float[], int, float[], int) multiply}, hence the same bits, however many steps
     * there are. The range of {@code y} must not overlap the others.
     *
     * @param steps number of steps; may be 0
     * @param xStride from the inputs of a step to those of the next; at least 0
     * @param yStride from the outputs of a step to those of the next; at least {@code W.rows()}
     */
    void multiply(
            PackedMatrix w,
            int steps,
            float[] x,
            int xOffset,
            int xStride,
            float[] bias,
            int biasOffset,
            float[] y,
            int yOffset,
            int yStride);

    // Elementwise.

    /**
     * Leaky ReLU in place: {@code y = y > 0 ? y : slope * y}; slope 0 is ReLU. NaN stays NaN, and
     * ReLU of minus infinity is 0.
     */
    void rectify(float slope, float[] y, int offset, int length);

    /**
     * Logistic sigmoid: {@code y[k] = 1 / (1 + exp(-x[k]))} with an absolute error of at most
     * 2.5e-7; exactly 0 and 1 at the infinities, NaN stays NaN. {@code x} and {@code y} may be one
     * range of one array. All providers give the same bits.
     */
    void sigmoid(float[] x, int xOffset, float[] y, int yOffset, int length);

    /**
     * Hyperbolic tangent with an absolute and relative error of at most 4e-7; never beyond -1 and
     * 1, which are reached at the infinities and before, NaN stays NaN. {@code x} and {@code y} may
     * be one range of one array. All providers give the same bits.
     */
    void tanh(float[] x, int xOffset, float[] y, int yOffset, int length);

    /**
     * The state update of an LSTM: {@code c = sigmoid(f) * c + sigmoid(i) * tanh(g)}, {@code h =
     * sigmoid(o) * tanh(c)}. The ranges of {@code gates}, {@code c} and {@code h} must not overlap.
     *
     * @param gates pre-activations of the gates i, f, g, o in this order, {@code width} each
     */
    void updateState(
            float[] gates,
            int gatesOffset,
            int width,
            float[] c,
            int cOffset,
            float[] h,
            int hOffset);

    // Elementwise, for training. All providers give the same bits.

    /**
     * The state update of an LSTM that keeps what the way back needs: activates the gates in place,
     * then {@code c = f * formerC + i * g}, {@code tanhC = tanh(c)}, {@code h = o * tanhC}. The
     * ranges must not overlap.
     *
     * @param gates pre-activations of the gates i, f, g, o in this order, {@code width} each; on
     *     return their activations
     */
    void activateState(
            float[] gates,
            int gatesOffset,
            int width,
            float[] formerC,
            int formerOffset,
            float[] c,
            int cOffset,
            float[] tanhC,
            int tanhOffset,
            float[] h,
            int hOffset);

    /**
     * The way back through {@link #activateState}.
     *
     * @param gates activations of the gates; on return the gradient of their pre-activations
     * @param dh gradient of h
     * @param dc gradient of c by way of the next step; on return that of formerC
     */
    void stateGradient(
            float[] gates,
            int gatesOffset,
            int width,
            float[] formerC,
            int formerOffset,
            float[] tanhC,
            int tanhOffset,
            float[] dh,
            int dhOffset,
            float[] dc,
            int dcOffset);

    /**
     * The way back through {@link #rectify}, in place: {@code dy = y > 0 ? dy : slope * dy}.
     *
     * @param y what was rectified, before or after: its sign is the same
     */
    void rectifierGradient(
            float slope, float[] y, int yOffset, float[] dy, int dyOffset, int length);

    // Batches: weights times a feature-major block.

    /** {@code Y += W X} for rows [fromRow, toRow) of a sparse W with values in CSR order. */
    void multiplyAdd(
            SparsityPattern pattern,
            float[] values,
            int fromRow,
            int toRow,
            float[] x,
            int xOffset,
            int xStride,
            float[] y,
            int yOffset,
            int yStride,
            int lanes);

    /** {@code Y += W X} for rows [fromRow, toRow) of a dense W, {@code columns} weights a row. */
    void multiplyAdd(
            float[] weights,
            int columns,
            int fromRow,
            int toRow,
            float[] x,
            int xOffset,
            int xStride,
            float[] y,
            int yOffset,
            int yStride,
            int lanes);

    /**
     * {@code Y[t] += W X[t]} for rows [fromRow, toRow) of a dense W and several steps t. Inputs of
     * steps may overlap, and so may outputs; each sum is made as for one step, hence the same bits
     * where outputs do not overlap.
     *
     * @param xStepStride from the inputs of a step to those of the next
     * @param yStepStride from the outputs of a step to those of the next
     */
    void multiplyAdd(
            float[] weights,
            int columns,
            int fromRow,
            int toRow,
            int steps,
            float[] x,
            int xOffset,
            int xStride,
            int xStepStride,
            float[] y,
            int yOffset,
            int yStride,
            int yStepStride,
            int lanes);

    /**
     * {@code Y += W X} for rows [fromRow, toRow) of a dense W in panels. Each row is summed as by
     * the product above with the same matrix in row-major order, hence the same bits.
     *
     * @param fromRow a multiple of {@link RowPanels#ROWS}
     */
    void multiplyAdd(
            RowPanels w,
            int fromRow,
            int toRow,
            float[] x,
            int xOffset,
            int xStride,
            float[] y,
            int yOffset,
            int yStride,
            int lanes);

    /**
     * The gradient of the weights that exist, over several steps at once: {@code gradient[k] += sum
     * over steps t and lanes l of dy[t][row][l] * x[t][column][l]} for connections k of rows
     * [fromRow, toRow). Step t of a block lies {@code t * stepStride} behind its offset; step
     * strides may be negative.
     */
    void addGradient(
            SparsityPattern pattern,
            int fromRow,
            int toRow,
            float[] dy,
            int dyOffset,
            int dyStride,
            int dyStepStride,
            float[] x,
            int xOffset,
            int xStride,
            int xStepStride,
            int steps,
            int lanes,
            float[] gradient);

    /**
     * As above for every element of a dense matrix: {@code gradient[row * columns + column]}.
     *
     * @param work space that the call may overwrite, {@link #GRADIENT_WORK} floats
     */
    void addGradient(
            int columns,
            int fromRow,
            int toRow,
            float[] dy,
            int dyOffset,
            int dyStride,
            int dyStepStride,
            float[] x,
            int xOffset,
            int xStride,
            int xStepStride,
            int steps,
            int lanes,
            float[] gradient,
            float[] work);
}
