package hlstm.runtime.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import hlstm.runtime.AllocatedBytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BeamSearchTest {
    private static final int BEGIN = 1;
    private static final int END = 2;

    BeamSearchTest() {}

    /**
     * A model whose probabilities depend on all symbols so far: its state is a hash of them, so
     * that a state in a wrong slot gives other scores.
     */
    private static final class HashModel implements StepScorer {
        private final int symbols;
        private final long seed;
        private final long[] states;
        private boolean broken;

        HashModel(int symbols, int slots, long seed) {
            this.symbols = symbols;
            this.seed = seed;
            states = new long[slots];
            start();
        }

        void start() {
            Arrays.fill(states, -7);
            states[0] = seed;
        }

        @Override
        public int symbols() {
            return symbols;
        }

        @Override
        public int slots() {
            return states.length;
        }

        @Override
        public void step(int count, int[] slots, int[] read, float[] scores) {
            for (int k = 0; k < count; k++) {
                states[slots[k]] = next(states[slots[k]], read[k]);
                score(states[slots[k]], scores, k * symbols);
            }
        }

        @Override
        public void copy(int from, int to) {
            states[to] = states[from];
        }

        static long next(long state, int symbol) {
            // The finaliser of SplitMix64, so that equal symbols in another order differ.
            long z = 31 * state + symbol + 1;
            z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
            z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
            return z ^ (z >>> 31);
        }

        /** Log-probabilities from a hash, without allocation. */
        void score(long state, float[] scores, int offset) {
            double sum = 0;
            for (int s = 0; s < symbols; s++) {
                double weight = Math.exp(3.0 * (next(state, s + 100) >>> 40) / (1 << 24));
                scores[offset + s] = (float) weight;
                sum += weight;
            }
            for (int s = 0; s < symbols; s++) {
                double log = Math.log(scores[offset + s] / sum);
                scores[offset + s] = broken ? Float.NaN : (float) log;
            }
        }
    }

    private record Found(List<Integer> symbols, double score, double logProbability) {}

    private static List<Found> found(BeamSearch search) {
        List<Found> all = new ArrayList<>();
        for (int r = 0; r < search.results(); r++) {
            int[] symbols = new int[search.length(r)];
            search.symbols(r, symbols);
            List<Integer> list = new ArrayList<>();
            for (int symbol : symbols) {
                list.add(symbol);
            }
            all.add(new Found(list, search.score(r), search.logProbability(r)));
        }
        return all;
    }

    /** Every sequence, by its score. */
    private static List<Found> bruteForce(HashModel model, int maxLength, double normalisation) {
        List<Found> all = new ArrayList<>();
        extend(
                model,
                HashModel.next(model.seed, BEGIN),
                new ArrayList<>(),
                0,
                maxLength,
                normalisation,
                all);
        all.sort(Comparator.comparingDouble((Found f) -> -f.score()));
        return all;
    }

    private static void extend(
            HashModel model,
            long state,
            List<Integer> prefix,
            double total,
            int maxLength,
            double normalisation,
            List<Found> all) {
        float[] scores = new float[model.symbols];
        model.score(state, scores, 0);
        int length = prefix.size() + 1;
        double ended = total + scores[END];
        all.add(new Found(List.copyOf(prefix), ended / Math.pow(length, normalisation), ended));
        if (length == maxLength) {
            return;
        }
        for (int s = 0; s < model.symbols; s++) {
            if (s != END) {
                prefix.add(s);
                extend(
                        model,
                        HashModel.next(state, s),
                        prefix,
                        total + scores[s],
                        maxLength,
                        normalisation,
                        all);
                prefix.removeLast();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"3, 1, 0", "3, 4, 0", "4, 4, 0", "4, 4, 1", "5, 3, 0.6", "5, 4, 1"})
    void aBeamThatIsWideEnoughFindsEverySequenceInOrder(
            int symbols, int maxLength, double normalisation) {
        for (long seed = 1; seed <= 20; seed++) {
            List<Found> expected =
                    bruteForce(new HashModel(symbols, 1, seed), maxLength, normalisation);
            HashModel model = new HashModel(symbols, expected.size(), seed);
            BeamSearch search =
                    new BeamSearch(model, new BeamSettings(expected.size(), normalisation), END);
            search.search(BEGIN, maxLength);
            assertEquals(expected, found(search));
        }
    }

    /** The textbook's search, with lists instead of slots. */
    private static List<Found> plain(HashModel model, int width, int maxLength, double power) {
        record Live(List<Integer> symbols, long state, double total) {}
        record Extension(Live from, int place, int symbol, double total) {}
        List<Live> beam = List.of(new Live(List.of(), HashModel.next(model.seed, BEGIN), 0));
        List<Found> results = new ArrayList<>();
        for (int length = 1; !beam.isEmpty(); length++) {
            List<Extension> extensions = new ArrayList<>();
            for (int place = 0; place < beam.size(); place++) {
                float[] scores = new float[model.symbols];
                model.score(beam.get(place).state(), scores, 0);
                for (int s = 0; s < model.symbols; s++) {
                    if (length < maxLength || s == END) {
                        extensions.add(
                                new Extension(
                                        beam.get(place),
                                        place,
                                        s,
                                        beam.get(place).total() + scores[s]));
                    }
                }
            }
            extensions.sort(
                    Comparator.comparingDouble((Extension e) -> -e.total())
                            .thenComparingInt(Extension::place)
                            .thenComparingInt(Extension::symbol));
            List<Live> next = new ArrayList<>();
            for (Extension e : extensions) {
                if (next.size() == width) {
                    break;
                }
                List<Integer> symbols = new ArrayList<>(e.from().symbols());
                if (e.symbol() == END) {
                    results.add(new Found(symbols, e.total() / Math.pow(length, power), e.total()));
                } else {
                    symbols.add(e.symbol());
                    next.add(
                            new Live(
                                    symbols,
                                    HashModel.next(e.from().state(), e.symbol()),
                                    e.total()));
                }
            }
            results.sort(Comparator.comparingDouble((Found f) -> -f.score()));
            results = new ArrayList<>(results.subList(0, Math.min(width, results.size())));
            boolean hope =
                    results.size() < width
                            || !next.isEmpty()
                                    && next.getFirst().total() / Math.pow(length, power)
                                            > results.getLast().score();
            beam = hope ? next : List.of();
        }
        return results;
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "2, 0", "3, 1", "7, 0.5", "16, 1"})
    void aNarrowBeamFollowsTheSameHypothesesAsTheTextbook(int width, double normalisation) {
        for (long seed = 1; seed <= 200; seed++) {
            HashModel model = new HashModel(6, width + (int) seed % 3, seed);
            BeamSearch search = new BeamSearch(model, new BeamSettings(width, normalisation), END);
            search.search(BEGIN, 8);
            assertEquals(plain(model, width, 8, normalisation), found(search), "seed " + seed);
        }
    }

    /** Of a model that is nearly sure, the ends of all prefixes are results, and no good ones. */
    @Test
    void resultsOfPrefixesDoNotEndTheSearch() {
        int[] sentence = {3, 4, 3, 5, 4, 4, 3, END};
        int[] lengths = new int[5];
        StepScorer sure =
                new StepScorer() {

                    @Override
                    public int symbols() {
                        return 6;
                    }

                    @Override
                    public int slots() {
                        return lengths.length;
                    }

                    @Override
                    public void step(int count, int[] slots, int[] symbols, float[] scores) {
                        for (int k = 0; k < count; k++) {
                            int next = lengths[slots[k]]++;
                            for (int s = 0; s < 6; s++) {
                                boolean right = next < sentence.length && s == sentence[next];
                                scores[6 * k + s] = right ? -0.001f : s == END ? -6 : -9;
                            }
                        }
                    }

                    @Override
                    public void copy(int from, int to) {
                        lengths[to] = lengths[from];
                    }
                };
        for (double normalisation : new double[] {0, 1}) {
            lengths[0] = 0;
            BeamSearch search = new BeamSearch(sure, new BeamSettings(5, normalisation), END);
            search.search(BEGIN, 30);
            assertEquals(List.of(3, 4, 3, 5, 4, 4, 3), found(search).getFirst().symbols());
            assertEquals(-0.008, search.logProbability(0), 1e-6);
        }
    }

    @Test
    void widthOneTakesTheMostProbableSymbol() {
        for (long seed = 1; seed <= 100; seed++) {
            HashModel model = new HashModel(5, 1, seed);
            List<Integer> expected = new ArrayList<>();
            long state = HashModel.next(seed, BEGIN);
            float[] scores = new float[5];
            while (expected.size() < 9) {
                model.score(state, scores, 0);
                int best = 0;
                for (int s = 1; s < 5; s++) {
                    best = scores[s] > scores[best] ? s : best;
                }
                if (best == END) {
                    break;
                }
                expected.add(best);
                state = HashModel.next(state, best);
            }
            BeamSearch search = new BeamSearch(model, BeamSettings.GREEDY, END);
            search.search(BEGIN, 10);
            assertEquals(expected, found(search).getFirst().symbols());
        }
    }

    /** What a search allocates, it allocates every time; the virtual machine does now and then. */
    @Test
    void laterSearchesAllocateNothing() {
        HashModel model = new HashModel(50, 8, 3);
        BeamSearch search = new BeamSearch(model, new BeamSettings(8, 1), END);
        search.search(BEGIN, 40);
        Runnable again =
                () -> {
                    model.start();
                    search.search(BEGIN, 40);
                };
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 10 && least > 0; round++) {
            least = Math.min(least, AllocatedBytes.of(again));
        }
        assertEquals(0, least);
    }

    @Test
    void impossibleSymbolsAreNotFollowed() {
        StepScorer onlyTheEnd =
                new StepScorer() {
                    @Override
                    public int symbols() {
                        return 4;
                    }

                    @Override
                    public int slots() {
                        return 3;
                    }

                    @Override
                    public void step(int count, int[] slots, int[] symbols, float[] scores) {
                        Arrays.fill(scores, Float.NEGATIVE_INFINITY);
                        scores[END] = 0;
                    }

                    @Override
                    public void copy(int from, int to) {}
                };
        BeamSearch search = new BeamSearch(onlyTheEnd, new BeamSettings(3, 0), END);
        search.search(BEGIN, 5);
        assertEquals(1, search.results());
        assertEquals(0, search.length(0));
        assertEquals(0, search.logProbability(0));
    }

    @Test
    void nanAndWrongSizesAreRefused() {
        HashModel model = new HashModel(4, 2, 1);
        assertThrows(
                IllegalArgumentException.class,
                () -> new BeamSearch(model, new BeamSettings(3, 0), END));
        assertThrows(
                IllegalArgumentException.class,
                () -> new BeamSearch(model, BeamSettings.GREEDY, 4));
        BeamSearch greedy = new BeamSearch(model, BeamSettings.GREEDY, END);
        assertThrows(IllegalArgumentException.class, () -> greedy.search(BEGIN, 0));
        assertThrows(IllegalArgumentException.class, () -> new BeamSettings(0, 0));
        assertThrows(IllegalArgumentException.class, () -> new BeamSettings(1, Double.NaN));

        model.broken = true;
        Exception e = assertThrows(IllegalArgumentException.class, () -> greedy.search(BEGIN, 3));
        assertEquals("the model gives NaN for symbol 0", e.getMessage());
    }
}
