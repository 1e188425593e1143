package hlstm.trainer.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a run learns from, and what it chooses and stops on.
 *
 * @param train utterances to learn from
 * @param dev utterances of other speakers, to choose and stop on
 */
public record CorpusSplit(Corpus train, Corpus dev) {
    /**
     * Splits a corpus by speakers. Whole speakers go to dev, in an order that depends on their
     * names alone, until dev has the wanted share of the utterances; so the same corpus is always
     * split in the same way.
     *
     * @param devShare smallest share of the utterances for dev, in (0, 1)
     * @throws CorpusException if there are fewer than two speakers
     */
    public static CorpusSplit bySpeaker(Corpus corpus, double devShare) throws CorpusException {
        if (!(devShare > 0 && devShare < 1)) {
            throw new IllegalArgumentException(
                    "the share of dev must lie in (0, 1), found " + devShare);
        }
        List<String> speakers = new ArrayList<>(corpus.speakers());
        if (speakers.size() < 2) {
            throw new CorpusException(
                    "%s: a split by speakers needs two or more, found only '%s'; give lists of utterances for training and dev"
                            .formatted(corpus.name(), speakers.getFirst()));
        }
        speakers.sort(
                Comparator.comparingLong((String speaker) -> Seeds.derive(speaker.hashCode()))
                        .thenComparing(Comparator.naturalOrder()));
        Set<String> chosen = new HashSet<>();
        List<Utterance> dev = new ArrayList<>();
        for (String speaker : speakers.subList(0, speakers.size() - 1)) {
            if (dev.size() >= devShare * corpus.size()) {
                break;
            }
            chosen.add(speaker);
            dev =
                    corpus.utterances().stream()
                            .filter(utterance -> chosen.contains(utterance.speaker()))
                            .toList();
        }
        List<Utterance> train =
                corpus.utterances().stream()
                        .filter(utterance -> !chosen.contains(utterance.speaker()))
                        .toList();
        return new CorpusSplit(
                new Corpus(corpus.name() + " (train)", train),
                new Corpus(corpus.name() + " (dev)", dev));
    }
}
