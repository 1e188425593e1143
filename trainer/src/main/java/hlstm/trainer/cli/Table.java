package hlstm.trainer.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * A table in plain text whose columns line up. Rows shorter than the header end in blanks. For one
 * thread.
 */
public final class Table {
    private static final String GAP = "  ";

    private final List<String> header;
    private final boolean[] right;
    private final List<List<String>> rows = new ArrayList<>();

    /**
     * A table without rows.
     *
     * @param header a title for each column; a leading {@code >} aligns its column to the right and
     *     is not printed
     */
    public Table(String... header) {
        this.right = new boolean[header.length];
        this.header = new ArrayList<>();
        for (int column = 0; column < header.length; column++) {
            right[column] = header[column].startsWith(">");
            this.header.add(right[column] ? header[column].substring(1) : header[column]);
        }
    }

    /**
     * Adds a row; every cell is shown by its {@code toString}, what is no printable character as
     * {@code \}{@code uXXXX}.
     *
     * @return this
     * @throws IllegalArgumentException if there are more cells than columns
     */
    public Table row(Object... cells) {
        if (cells.length > right.length) {
            throw new IllegalArgumentException(
                    "a row of %d cells in a table of %d columns"
                            .formatted(cells.length, right.length));
        }
        List<String> row = new ArrayList<>();
        for (Object cell : cells) {
            row.add(Printable.of(String.valueOf(cell)));
        }
        rows.add(row);
        return this;
    }

    /** The table: header, a rule, rows; every line ends in a line feed. */
    @Override
    public String toString() {
        int[] widths = new int[right.length];
        for (int column = 0; column < widths.length; column++) {
            widths[column] = header.get(column).length();
            for (List<String> row : rows) {
                if (column < row.size()) {
                    widths[column] = Math.max(widths[column], row.get(column).length());
                }
            }
        }
        StringBuilder text = new StringBuilder();
        appendLine(text, header, widths);
        List<String> rule = new ArrayList<>();
        for (int width : widths) {
            rule.add("-".repeat(width));
        }
        appendLine(text, rule, widths);
        rows.forEach(row -> appendLine(text, row, widths));
        return text.toString();
    }

    private void appendLine(StringBuilder text, List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < cells.size(); column++) {
            if (column > 0) {
                line.append(GAP);
            }
            String cell = cells.get(column);
            String padding = " ".repeat(widths[column] - cell.length());
            line.append(right[column] ? padding + cell : cell + padding);
        }
        text.append(line.toString().stripTrailing()).append('\n');
    }
}
