package hlstm.trainer.data;

import hlstm.runtime.decode.Alphabet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Utterances to learn from or to score. Immutable.
 *
 * @param name what messages and reports call the corpus
 * @param utterances at least one, of different ids
 */
public record Corpus(String name, List<Utterance> utterances) {
    /** Checks the ids. */
    public Corpus {
        utterances = List.copyOf(utterances);
        if (utterances.isEmpty()) {
            throw new IllegalArgumentException(name + ": expected utterances, found none");
        }
        Set<String> ids = new HashSet<>();
        for (Utterance utterance : utterances) {
            if (!ids.add(utterance.id())) {
                throw new IllegalArgumentException(
                        "%s: duplicate utterance %s".formatted(name, utterance.id()));
            }
        }
    }

    /** Number of utterances. */
    public int size() {
        return utterances.size();
    }

    /** The speakers in alphabetical order. */
    public Set<String> speakers() {
        Set<String> speakers = new TreeSet<>();
        utterances.forEach(utterance -> speakers.add(utterance.speaker()));
        return speakers;
    }

    /**
     * The transcripts in symbols, in the order of the utterances.
     *
     * @throws CorpusException if one is empty or has symbols that are not in the alphabet; the
     *     message names the utterance and the symbols
     */
    public int[][] labels(Alphabet alphabet) throws CorpusException {
        int[][] labels = new int[size()][];
        for (int i = 0; i < labels.length; i++) {
            Utterance utterance = utterances.get(i);
            if (utterance.transcript().isBlank()) {
                throw new CorpusException(
                        "%s: utterance %s has an empty transcript".formatted(name, utterance.id()));
            }
            try {
                labels[i] = alphabet.encode(utterance.transcript());
            } catch (IllegalArgumentException e) {
                throw new CorpusException(
                        "%s: utterance %s: %s".formatted(name, utterance.id(), e.getMessage()));
            }
        }
        return labels;
    }
}
