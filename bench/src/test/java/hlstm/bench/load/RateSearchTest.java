package hlstm.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** The search ends within a step of the highest rate that is held. */
class RateSearchTest {
    private static double search(double saturated, double limit, int rounds) {
        RateSearch search = new RateSearch(saturated);
        for (int round = 0; round < rounds; round++) {
            search.tell(search.next() <= limit);
        }
        return search.highest();
    }

    @Test
    void closesInOnTheHighestRate() {
        double step = 1.1 * 1000 / (1 << 7);
        double found = search(1000, 833, 7);
        assertEquals(833 - step / 2, found, step / 2);
    }

    @Test
    void nothingIsHeldByWhatIsTooSlow() {
        assertEquals(0, search(1000, 0, 7));
    }
}
