package hlstm.sparse;

import java.util.Locale;

/**
 * Which sets of connections a sparse matrix may hold, so that SIMD lanes stay full at batch 1.
 *
 * <ul>
 *   <li>{@link #PLAIN}: any set; the unstructured masks of the published method.
 *   <li>{@code ROWS_n}: n consecutive rows share their columns, so one input value meets n weights.
 *   <li>{@link #BANKED_8}: tiles of 8 rows by 8 columns; a tile holds a number of slots, and a slot
 *       is one weight for each of its 8 rows, each row choosing its own column of the tile.
 * </ul>
 */
public enum Geometry {
    PLAIN("plain", 1, 1),
    ROWS_4("rows4", 4, 1),
    ROWS_8("rows8", 8, 1),
    ROWS_16("rows16", 16, 1),
    ROWS_32("rows32", 32, 1),
    BANKED_8("banked8", 8, 8);

    private final String label;
    private final int tileRows;
    private final int tileColumns;

    Geometry(String label, int tileRows, int tileColumns) {
        this.label = label;
        this.tileRows = tileRows;
        this.tileColumns = tileColumns;
    }

    /** The name used in recipes, model files and tables. */
    public String label() {
        return label;
    }

    /** Rows that gain or lose a connection together. */
    public int tileRows() {
        return tileRows;
    }

    /** Columns among which each row of a tile chooses; 1 where the rows share one column. */
    public int tileColumns() {
        return tileColumns;
    }

    /**
     * The geometry with this label.
     *
     * @throws IllegalArgumentException if there is none; the message lists the labels
     */
    public static Geometry of(String label) {
        for (Geometry geometry : values()) {
            if (geometry.label.equals(label.toLowerCase(Locale.ROOT))) {
                return geometry;
            }
        }
        throw new IllegalArgumentException(
                "unknown geometry '%s': expected one of plain, rows4, rows8, rows16, rows32, banked8"
                        .formatted(label));
    }

    @Override
    public String toString() {
        return label;
    }
}
