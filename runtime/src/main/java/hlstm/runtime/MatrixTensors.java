package hlstm.runtime;

import hlstm.runtime.safetensors.SafetensorsException;
import hlstm.runtime.safetensors.SafetensorsReader;
import hlstm.runtime.safetensors.SafetensorsWriter;
import hlstm.runtime.safetensors.TensorInfo;
import hlstm.sparse.DenseMatrix;
import hlstm.sparse.Geometry;
import hlstm.sparse.Matrix;
import hlstm.sparse.SparseMatrix;
import hlstm.sparse.SparsityPattern;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Matrices as tensors of a safetensors file.
 *
 * <ul>
 *   <li>Dense: one F32 tensor of the matrix's name and shape.
 *   <li>Sparse: {@code <name>.values} (F32, CSR order) and the structure, stored once for each
 *       group of rows that share it (1 row in geometry plain, 4 to 32 in row blocks, 8 in banks):
 *       {@code <name>.offsets} (I32, groups + 1) into {@code <name>.columns} (U16, or I32 beyond
 *       65536 columns), the column of each slot.
 *   <li>In banks of 8 a slot has {@code <name>.banks} (U16 or I32) in place of a column, its column
 *       divided by 8, and each row its own remainder: {@code <name>.lanes} (U8, CSR order).
 * </ul>
 *
 * <p>Reading checks all of it: nothing out of range, out of order or out of geometry gets past.
 */
public final class MatrixTensors {
    private static final int U16_VALUES = 1 << 16;

    private MatrixTensors() {}

    /** Adds the tensors of a matrix to a file. Its values are shared until the file is written. */
    public static void write(SafetensorsWriter writer, String name, Matrix matrix) {
        switch (matrix) {
            case DenseMatrix dense ->
                    writer.floats(name, dense.values(), dense.rows(), dense.columns());
            case SparseMatrix sparse -> {
                writer.floats(values(name), sparse.values(), sparse.weights());
                writePattern(writer, name, sparse.pattern());
            }
        }
    }

    private static void writePattern(
            SafetensorsWriter writer, String name, SparsityPattern pattern) {
        int height = pattern.geometry().tileRows();
        int width = pattern.geometry().tileColumns();
        int groups = Math.ceilDiv(pattern.rows(), height);
        int[] offsets = new int[groups + 1];
        for (int group = 0; group < groups; group++) {
            int row = group * height;
            offsets[group + 1] =
                    offsets[group] + pattern.rowOffset(row + 1) - pattern.rowOffset(row);
        }
        int[] slots = new int[offsets[groups]];
        for (int group = 0; group < groups; group++) {
            int first = pattern.rowOffset(group * height);
            for (int slot = offsets[group]; slot < offsets[group + 1]; slot++) {
                slots[slot] = pattern.column(first + slot - offsets[group]) / width;
            }
        }
        writer.ints(offsets(name), offsets, offsets.length);
        if (isShort(pattern.columns(), width)) {
            writer.unsignedShorts(slots(name, pattern.geometry()), slots, slots.length);
        } else {
            writer.ints(slots(name, pattern.geometry()), slots, slots.length);
        }
        if (width > 1) {
            byte[] lanes = new byte[pattern.nonzeros()];
            for (int k = 0; k < lanes.length; k++) {
                lanes[k] = (byte) (pattern.column(k) % width);
            }
            writer.bytes(lanes(name), lanes, lanes.length);
        }
    }

    /**
     * Reads a matrix.
     *
     * @param matrix its name and shape
     * @param geometry the geometry of a sparse matrix; empty for a dense one
     * @throws SafetensorsException if the file does not hold it, or what it holds is not a matrix
     *     of this shape and geometry
     */
    public static Matrix read(
            SafetensorsReader reader, TensorSpec matrix, Optional<Geometry> geometry)
            throws IOException {
        String name = matrix.name();
        int rows = matrix.rows();
        int columns = matrix.columns();
        if (geometry.isEmpty()) {
            float[] values = reader.floats(reader.tensor(name, rows, columns));
            return new DenseMatrix(rows, columns, values);
        }
        return readSparse(reader, name, rows, columns, geometry.get());
    }

    /** The names of the tensors of a matrix, dense where no geometry is given. */
    public static List<String> names(String name, Optional<Geometry> geometry) {
        if (geometry.isEmpty()) {
            return List.of(name);
        }
        String slots = slots(name, geometry.get());
        return geometry.get().tileColumns() == 1
                ? List.of(values(name), offsets(name), slots)
                : List.of(values(name), offsets(name), slots, lanes(name));
    }

    private static SparseMatrix readSparse(
            SafetensorsReader reader, String name, int rows, int columns, Geometry geometry)
            throws IOException {
        int groups = Math.ceilDiv(rows, geometry.tileRows());
        int[] offsets = reader.ints(reader.tensor(offsets(name), groups + 1));
        String slotsName = slots(name, geometry);
        TensorInfo slotsTensor = reader.tensor(slotsName);
        int[] slots =
                isShort(columns, geometry.tileColumns())
                        ? reader.unsignedShorts(slotsTensor)
                        : reader.ints(slotsTensor);
        checkOffsets(reader, offsets(name), offsets, slots.length);
        int[] rowOffsets = rowOffsets(reader, name, rows, geometry, offsets);
        int nonzeros = rowOffsets[rows];
        float[] values = reader.floats(reader.tensor(values(name), nonzeros));
        byte[] lanes =
                geometry.tileColumns() == 1
                        ? null
                        : reader.bytes(reader.tensor(lanes(name), nonzeros));
        int[] indices = new int[nonzeros];
        for (int row = 0; row < rows; row++) {
            int slot = offsets[row / geometry.tileRows()];
            for (int k = rowOffsets[row]; k < rowOffsets[row + 1]; k++) {
                indices[k] =
                        lanes == null
                                ? slots[slot++]
                                : bankColumn(reader, name, slots[slot++], lanes[k], columns);
            }
        }
        try {
            return new SparseMatrix(
                    new SparsityPattern(rows, columns, geometry, rowOffsets, indices), values);
        } catch (IllegalArgumentException e) {
            throw refusal(reader, name, e.getMessage());
        }
    }

    private static void checkOffsets(
            SafetensorsReader reader, String name, int[] offsets, int slots)
            throws SafetensorsException {
        int previous = 0;
        for (int offset : offsets) {
            if (offset < previous || offset > slots) {
                throw refusal(
                        reader,
                        name,
                        "expected offsets that ascend from 0 to %d, found %d after %d"
                                .formatted(slots, offset, previous));
            }
            previous = offset;
        }
        if (offsets[0] != 0 || previous != slots) {
            throw refusal(
                    reader,
                    name,
                    "expected offsets from 0 to %d, found %d to %d"
                            .formatted(slots, offsets[0], previous));
        }
    }

    /** Each row of a group holds as many connections as its group has slots. */
    private static int[] rowOffsets(
            SafetensorsReader reader, String name, int rows, Geometry geometry, int[] offsets)
            throws IOException {
        int[] rowOffsets = new int[rows + 1];
        for (int row = 0; row < rows; row++) {
            int group = row / geometry.tileRows();
            long next = (long) rowOffsets[row] + offsets[group + 1] - offsets[group];
            if (next > Integer.MAX_VALUE - 8) {
                throw refusal(
                        reader,
                        name,
                        "expected at most %d connections".formatted(Integer.MAX_VALUE - 8));
            }
            rowOffsets[row + 1] = (int) next;
        }
        // Compared before anything of that size is made.
        reader.tensor(values(name), rowOffsets[rows]);
        return rowOffsets;
    }

    private static int bankColumn(
            SafetensorsReader reader, String name, int bank, byte lane, int columns)
            throws SafetensorsException {
        int width = Geometry.BANKED_8.tileColumns();
        if (bank < 0 || bank >= Math.ceilDiv(columns, width) || lane < 0 || lane >= width) {
            throw refusal(
                    reader,
                    name,
                    "expected banks in [0, %d) and lanes in [0, %d), found bank %d, lane %d"
                            .formatted(
                                    Math.ceilDiv(columns, width),
                                    width,
                                    bank,
                                    Byte.toUnsignedInt(lane)));
        }
        return bank * width + lane;
    }

    private static boolean isShort(int columns, int width) {
        return Math.ceilDiv(columns, width) <= U16_VALUES;
    }

    private static String values(String name) {
        return name + ".values";
    }

    private static String offsets(String name) {
        return name + ".offsets";
    }

    private static String slots(String name, Geometry geometry) {
        return name + (geometry.tileColumns() == 1 ? ".columns" : ".banks");
    }

    private static String lanes(String name) {
        return name + ".lanes";
    }

    private static SafetensorsException refusal(
            SafetensorsReader reader, String name, String message) {
        return new SafetensorsException(
                "%s: matrix '%s': %s".formatted(reader.file(), name, message));
    }
}
