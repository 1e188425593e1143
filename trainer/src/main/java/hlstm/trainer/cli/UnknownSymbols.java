package hlstm.trainer.cli;

import hlstm.runtime.decode.Alphabet;
import hlstm.trainer.data.Corpus;
import hlstm.trainer.data.Utterance;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Symbols in the transcripts of a corpus that a model cannot write, so that whatever it hears there
 * counts as an error.
 *
 * @param counts of each symbol, in how many utterances it is
 * @param utterances that have one of them at least
 * @param of utterances of the corpus
 */
record UnknownSymbols(Map<String, Integer> counts, int utterances, int of) {
    /** The most that are named in a line. */
    private static final int NAMED = 10;

    static UnknownSymbols in(Corpus corpus, Alphabet alphabet) {
        Set<String> known = new HashSet<>(alphabet.symbols());
        known.remove(alphabet.symbols().get(alphabet.blank()));
        Map<String, Integer> counts = new TreeMap<>();
        int utterances = 0;
        for (Utterance utterance : corpus.utterances()) {
            Set<String> unknown =
                    utterance
                            .transcript()
                            .codePoints()
                            .mapToObj(Character::toString)
                            .filter(symbol -> !known.contains(symbol))
                            .collect(Collectors.toSet());
            unknown.forEach(symbol -> counts.merge(symbol, 1, Integer::sum));
            utterances += unknown.isEmpty() ? 0 : 1;
        }
        return new UnknownSymbols(counts, utterances, corpus.size());
    }

    /** Whether the model can write all of it. */
    boolean isEmpty() {
        return counts.isEmpty();
    }

    /** One line that a terminal shows as it is: how many utterances, which symbols, what to do. */
    String warning() {
        String named =
                counts.entrySet().stream()
                        .limit(NAMED)
                        .map(
                                symbol ->
                                        "'%s' (U+%04X) in %d"
                                                .formatted(
                                                        symbol.getKey(),
                                                        symbol.getKey().codePointAt(0),
                                                        symbol.getValue()))
                        .collect(Collectors.joining(", "));
        int more = counts.size() - NAMED;
        return Printable.of(
                "%d of %d utterances have symbols that the model cannot write, which count as errors: %s%s; write transcripts in the model's symbols, which 'hlstm inspect' shows"
                        .formatted(
                                utterances,
                                of,
                                named,
                                more > 0 ? " and %d more".formatted(more) : ""));
    }
}
