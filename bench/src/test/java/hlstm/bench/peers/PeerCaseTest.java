package hlstm.bench.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hlstm.sparse.Geometry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The networks of the cases have the published sizes. */
class PeerCaseTest {
    @Test
    void theStacksAreThoseOfThePaper() {
        assertEquals(3 * 4 * 512 * (512 + 512), weights("captioning-step"));
        assertEquals(4 * 4 * 500 * (500 + 500), weights("translation-step"));
    }

    private static long weights(String name) {
        return PeerCase.ALL.stream()
                .filter(of -> of.name().equals(name))
                .findFirst()
                .orElseThrow()
                .stack()
                .weights();
    }

    @ParameterizedTest
    @EnumSource(
            value = Geometry.class,
            names = {"PLAIN", "ROWS_16", "BANKED_8"})
    void anHlstmHasItsWeightsWhateverItsGeometry(Geometry geometry) {
        for (PeerCase of : PeerCase.APPLICATIONS) {
            long weights = of.hlstm(geometry).build().recurrentWeights();
            // A group of rows of each matrix may round by half a connection a row.
            assertEquals(of.hlstmWeights(), weights, 1e-3 * of.hlstmWeights(), of.name());
        }
    }
}
