package hlstm.trainer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void columnsLineUp() {
        Table table = new Table("model", ">weights");
        table.row("stacked LSTM", 1234).row("H-LSTM", 7).row("short");

        assertEquals(
                """
                model         weights
                ------------  -------
                stacked LSTM     1234
                H-LSTM              7
                short
                """,
                table.toString());
    }

    @Test
    void aRowOfTooManyCellsIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Table("one").row(1, 2));
    }
}
