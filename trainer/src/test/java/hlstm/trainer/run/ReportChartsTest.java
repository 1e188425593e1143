package hlstm.trainer.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Lines of density that lie on one another would look like one. */
class ReportChartsTest {
    /** Matrices of 1000 elements, so that a connection is a tenth of a percent. */
    private static RunEvent epoch(int epoch, int input, int recurrent, int hidden) {
        return RunEvent.builder(RunEvent.Kind.EPOCH, epoch, "train", epoch)
                .matrices(
                        new GateMatrices(
                                List.of(
                                        new MatrixFigures("layers.0.gates.0.input", 10, 100, input),
                                        new MatrixFigures(
                                                "layers.0.gates.0.recurrent", 10, 100, recurrent),
                                        new MatrixFigures("layers.0.gates.1.i", 10, 100, hidden))))
                .build();
    }

    private static String densities(RunEvent... events) {
        return ReportCharts.densities(List.of(events)).description();
    }

    @Test
    void linesThatLieApartHaveNamesOfTheirOwn() {
        assertEquals(
                "Connections: from the input; from the previous output; from gate hidden layers.",
                densities(epoch(1, 300, 310, 320), epoch(2, 500, 560, 600)));
    }

    @Test
    void linesThatLieOnOneAnotherAreOne() {
        assertEquals(
                "Connections: from the input and from gate hidden layers; from the previous output.",
                densities(epoch(1, 300, 300, 303), epoch(2, 500, 560, 500)));
        assertEquals(
                "Connections: all gate matrices.",
                densities(epoch(1, 300, 301, 303), epoch(2, 500, 505, 500)));
    }
}
