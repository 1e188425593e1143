package hlstm.trainer.language;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import hlstm.runtime.decode.NgramModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WittenBellEstimatorTest {
    private static final List<String> TEXT =
            List.of("A B A", " A  B ", "", "C", "B B C A A", "A", "D A B");
    private static final List<String> WORDS = List.of("A", "B", "C", "D", "</s>", "<unk>");

    /**
     * Logarithms to base 10, of at least -8 each, are written with 7 digits and kept as floats;
     * with the back-off weights of the highest order up to five make a probability.
     */
    private static final double EXACT = 5 * 2.31 * (0.5e-7 + 0x1p-22);

    private static NgramModel model(int order, List<String> text) throws IOException {
        WittenBellEstimator estimator = new WittenBellEstimator(order);
        text.forEach(estimator::add);
        byte[] arpa = estimator.toArpa().getBytes(StandardCharsets.UTF_8);
        return NgramModel.read(new ByteArrayInputStream(arpa), "estimated");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void afterAnyWordsProbabilitiesSumToOne(int order) throws IOException {
        NgramModel model = model(order, TEXT);
        assertEquals(order, model.order());
        assertSumsToOne(model, model.firstState(), order + 1);
    }

    private static void assertSumsToOne(NgramModel model, int state, int depth) {
        double sum = 0;
        for (String word : WORDS) {
            sum += Math.exp(model.logProbability(state, model.word(word)));
        }
        assertEquals(1, sum, EXACT);
        if (depth > 0) {
            for (String word : WORDS.subList(0, 4)) {
                assertSumsToOne(model, model.next(state, model.word(word)), depth - 1);
            }
            assertSumsToOne(model, model.next(state, model.word("OTHER")), depth - 1);
        }
    }

    @Test
    void probabilitiesAreThoseOfTheFormula() throws IOException {
        NgramModel model = model(2, List.of("A B", "A"));
        // Five words were seen, A twice, </s> twice, B: three kinds; a fourth is unknown.
        double a = (2 + 3 / 4.0) / (5 + 3);
        double b = (1 + 3 / 4.0) / (5 + 3);
        double unknown = 3 / 4.0 / (5 + 3);
        int start = model.firstState();
        int afterA = model.next(start, model.word("A"));
        // After <s>: A twice, so one kind. After A: B and </s>, two kinds.
        assertEquals(Math.log((2 + a) / 3), model.logProbability(start, model.word("A")), EXACT);
        assertEquals(Math.log(b / 3), model.logProbability(start, model.word("B")), EXACT);
        assertEquals(
                Math.log((1 + 2 * b) / 4), model.logProbability(afterA, model.word("B")), EXACT);
        assertEquals(
                Math.log(2 * unknown / 4), model.logProbability(afterA, model.word("X")), EXACT);
    }

    @Test
    void countsWhatItHasSeen() throws IOException {
        WittenBellEstimator estimator = new WittenBellEstimator(2);
        assertThrows(IllegalStateException.class, estimator::toArpa);
        assertEquals(0, estimator.words());
        TEXT.forEach(estimator::add);
        assertEquals(6, estimator.sentences());
        assertEquals(4, estimator.words());
        assertFalse(model(1, TEXT).knows("E"));
    }

    @Test
    void markersAndOtherOrdersAreRefused() {
        WittenBellEstimator estimator = new WittenBellEstimator(1);
        for (String marker : List.of("<s>", "</s>", "<unk>")) {
            assertThrows(IllegalArgumentException.class, () -> estimator.add("A " + marker + " B"));
        }
        assertThrows(IllegalArgumentException.class, () -> new WittenBellEstimator(0));
        assertThrows(IllegalArgumentException.class, () -> new WittenBellEstimator(6));
    }
}
