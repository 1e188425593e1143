package hlstm.trainer.numbers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NumberCorpusTest {
    NumberCorpusTest() {}

    @Test
    void numbersAreSpelled() {
        NumberWords words = new NumberWords();
        assertEquals("dreihunderteinundzwanzig", words.german(321));
        assertEquals("three hundred twenty-one", words.english(321));
        assertEquals("null", words.german(0));
        assertEquals("zero", words.english(0));
        assertEquals("eine million", words.german(1_000_000));
        assertEquals(
                "nine hundred ninety-nine million nine hundred ninety-nine thousand nine hundred"
                        + " ninety-nine",
                words.english(999_999_999));
        assertThrows(IllegalArgumentException.class, () -> words.german(-1));
        assertThrows(IllegalArgumentException.class, () -> words.english(1_000_000_000));
    }

    @Test
    void noNumberIsInTwoSetsAndTheSameSeedGivesTheSame() {
        NumberCorpus corpus = NumberCorpus.generate(3, 2000, 100, 100);
        Set<String> all = new HashSet<>(corpus.train().source());
        all.addAll(corpus.valid().source());
        all.addAll(corpus.test().source());
        assertEquals(2200, all.size());
        assertEquals(corpus, NumberCorpus.generate(3, 2000, 100, 100));
        assertTrue(corpus.train().source().contains("zwölf"));
    }
}
