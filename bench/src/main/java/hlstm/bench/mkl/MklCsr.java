package hlstm.bench.mkl;

import hlstm.bench.peers.PeerUnavailableException;
import hlstm.sparse.SparseMatrix;
import hlstm.sparse.SparsityPattern;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * A sparse matrix in MKL's compressed rows, after MKL's inspector has looked at it, with the two
 * vectors of a product outside the heap. For one thread.
 */
public final class MklCsr implements AutoCloseable {
    private static final int BASE_ZERO = 0;
    private static final int NOT_TRANSPOSED = 10;
    private static final int GENERAL = 20;
    private static final int LOWER = 40;
    private static final int DIAGONAL_STORED = 50;

    /** MKL stores the matrix anew if so many products are to come. */
    private static final int MANY_CALLS = 1_000_000;

    /** Of a cache line. */
    private static final long ALIGNMENT = 64;

    private final Arena arena = Arena.ofConfined();
    private final MklLibrary library;
    private final MemorySegment description;
    private final MemorySegment matrix;
    private final MemorySegment x;
    private final MemorySegment y;

    /**
     * A matrix.
     *
     * @throws PeerUnavailableException if MKL is not built in or does not load here
     */
    public MklCsr(SparseMatrix of) throws PeerUnavailableException {
        library = MklLibrary.load();
        SparsityPattern pattern = of.pattern();
        int rows = pattern.rows();
        int columns = pattern.columns();
        float[] values = of.values();
        MemorySegment offsets = ints(pattern.rowOffsets());
        MemorySegment indices = ints(Arrays.copyOf(pattern.columnIndices(), pattern.nonzeros()));
        MemorySegment weights = floats(values.length);
        MemorySegment.copy(values, 0, weights, ValueLayout.JAVA_FLOAT, 0, values.length);
        x = floats(columns);
        y = floats(rows);
        description = arena.allocate(MklLibrary.DESCRIPTION);
        description.setAtIndex(ValueLayout.JAVA_INT, 0, GENERAL);
        description.setAtIndex(ValueLayout.JAVA_INT, 1, LOWER);
        description.setAtIndex(ValueLayout.JAVA_INT, 2, DIAGONAL_STORED);
        MemorySegment made = arena.allocate(ValueLayout.ADDRESS);
        try {
            check(
                    "mkl_sparse_s_create_csr",
                    (int)
                            library.createCsr.invokeExact(
                                    made,
                                    BASE_ZERO,
                                    rows,
                                    columns,
                                    offsets,
                                    offsets.asSlice(ValueLayout.JAVA_INT.byteSize()),
                                    indices,
                                    weights));
            matrix = made.get(ValueLayout.ADDRESS, 0);
            check(
                    "mkl_sparse_set_mv_hint",
                    (int)
                            library.setMvHint.invokeExact(
                                    matrix, NOT_TRANSPOSED, description, MANY_CALLS));
            check("mkl_sparse_optimize", (int) library.optimize.invokeExact(matrix));
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /** Whether MKL is built in. */
    public static boolean isBuiltIn() {
        return MklLibrary.isBuiltIn();
    }

    /** Sets the vector to multiply by. */
    public void setInput(float[] values) {
        MemorySegment.copy(values, 0, x, ValueLayout.JAVA_FLOAT, 0, values.length);
    }

    /** The product as it was last computed. */
    public float[] output() {
        return y.toArray(ValueLayout.JAVA_FLOAT);
    }

    /** {@code y = W x}. */
    public void multiply() {
        try {
            check(
                    "mkl_sparse_s_mv",
                    (int)
                            library.multiply.invokeExact(
                                    NOT_TRANSPOSED, 1f, matrix, description, x, 0f, y));
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    @Override
    public void close() {
        try {
            check("mkl_sparse_destroy", (int) library.destroy.invokeExact(matrix));
        } catch (Throwable e) {
            throw failed(e);
        } finally {
            arena.close();
        }
    }

    private MemorySegment ints(int[] values) {
        MemorySegment segment =
                arena.allocate(values.length * ValueLayout.JAVA_INT.byteSize(), ALIGNMENT);
        MemorySegment.copy(values, 0, segment, ValueLayout.JAVA_INT, 0, values.length);
        return segment;
    }

    private MemorySegment floats(int count) {
        return arena.allocate(count * ValueLayout.JAVA_FLOAT.byteSize(), ALIGNMENT);
    }

    private static void check(String function, int status) {
        if (status != 0) {
            throw new IllegalStateException(
                    "%s: expected status 0, found %d".formatted(function, status));
        }
    }

    private static RuntimeException failed(Throwable e) {
        return e instanceof RuntimeException known
                ? known
                : new IllegalStateException("a call of MKL failed", e);
    }
}
