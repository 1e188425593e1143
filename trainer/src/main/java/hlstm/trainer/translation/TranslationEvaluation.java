package hlstm.trainer.translation;

import hlstm.runtime.Model;
import hlstm.runtime.Translator;
import hlstm.runtime.search.BeamSettings;
import hlstm.trainer.layers.Workers;
import hlstm.trainer.metrics.BleuCounts;
import hlstm.trainer.metrics.LengthBreakdown;
import hlstm.trainer.metrics.MultiBleu;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * How well a model translates parallel text, sentence by sentence through the runtime, as in use.
 * BLEU is that of the words between spaces of ASCII, as {@code multi-bleu.perl} computes it.
 *
 * @param text sentences and their translations by hand
 * @param hypotheses what the model made of each
 */
public record TranslationEvaluation(ParallelText text, List<String> hypotheses) {
    private static final int BUCKET = 10;

    /**
     * Translates.
     *
     * @param progress told the number of sentences done, from one thread at a time
     * @throws IllegalArgumentException if the model is for another task, or gives NaN
     */
    public static TranslationEvaluation of(
            Model model,
            BeamSettings beam,
            ParallelText text,
            Workers workers,
            IntConsumer progress) {
        String[] hypotheses = new String[text.size()];
        AtomicInteger next = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        workers.run(
                workers.threads(),
                worker -> {
                    Translator translator = new Translator(model, beam);
                    for (int k = next.getAndIncrement();
                            k < hypotheses.length;
                            k = next.getAndIncrement()) {
                        hypotheses[k] = translator.translate(text.source().get(k));
                        synchronized (done) {
                            progress.accept(done.incrementAndGet());
                        }
                    }
                });
        return new TranslationEvaluation(text, List.of(hypotheses));
    }

    private BleuCounts counts(int sentence) {
        return BleuCounts.of(
                List.of(MultiBleu.words(text.target().get(sentence))),
                MultiBleu.words(hypotheses.get(sentence)));
    }

    /** The counts of the whole text. */
    public BleuCounts counts() {
        BleuCounts counts = BleuCounts.NONE;
        for (int k = 0; k < hypotheses.size(); k++) {
            counts = counts.plus(counts(k));
        }
        return counts;
    }

    /** BLEU of the whole text, a fraction. */
    public double bleu() {
        return MultiBleu.score(counts(), BleuCounts.ORDER);
    }

    /** Whether a sentence is translated word by word as by hand. */
    public boolean isExact(int sentence) {
        return MultiBleu.words(text.target().get(sentence))
                .equals(MultiBleu.words(hypotheses.get(sentence)));
    }

    /** The share of sentences that are exact; 0 of none. */
    public double exact() {
        int exact = 0;
        for (int k = 0; k < hypotheses.size(); k++) {
            exact += isExact(k) ? 1 : 0;
        }
        return (double) exact / Math.max(1, hypotheses.size());
    }

    /** BLEU counts by the length of the translation by hand. */
    public LengthBreakdown byLength() {
        LengthBreakdown breakdown = new LengthBreakdown(BUCKET);
        for (int k = 0; k < hypotheses.size(); k++) {
            breakdown.add(counts(k));
        }
        return breakdown;
    }
}
