package hlstm.trainer.translation;

import hlstm.runtime.TranslationTask;
import hlstm.runtime.text.BytePairCodes;
import hlstm.runtime.text.TextCoding;
import hlstm.runtime.text.TextCoding.Unit;
import hlstm.runtime.text.TokenVocabulary;
import hlstm.runtime.text.Words;
import hlstm.trainer.run.InitialModel;
import hlstm.trainer.run.RunException;
import hlstm.trainer.run.StateDigest;
import hlstm.trainer.run.TextSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A parallel corpus in the tokens of a recipe, which its training set decides.
 *
 * @param source how source text becomes tokens
 * @param target how target tokens become text
 * @param sentences the training pairs that are left, as text
 * @param sources the tokens of each training sentence
 * @param targets those of its translation, without begin and end
 * @param tooLong pairs left out because a side has more than {@code longest} tokens
 * @param longest tokens that a side may have
 * @param valid the sentences to choose on, as text
 * @param hash of all text
 */
record TranslationData(
        TextCoding source,
        TextCoding target,
        ParallelText sentences,
        int[][] sources,
        int[][] targets,
        int tooLong,
        int longest,
        ParallelText valid,
        String hash) {
    /**
     * Learns codes and vocabularies, and applies them.
     *
     * @throws IOException if no pair is left to train on or to choose on
     */
    static TranslationData of(TextSettings settings, ParallelCorpus corpus) throws IOException {
        Unit unit = Unit.of(settings.unit());
        ParallelText train = corpus.train();
        BytePairCodes codes =
                unit == Unit.CODES
                        ? BytePairLearner.learn(wordCounts(train), settings.merges())
                        : new BytePairCodes(List.of());
        List<List<String>> from = tokens(unit, codes, train.source());
        List<List<String>> to = tokens(unit, codes, train.target());
        return of(
                settings,
                corpus,
                coding(settings, unit, codes, from),
                from,
                coding(settings, unit, codes, to),
                to);
    }

    /**
     * Applies the codes and vocabularies of a trained model.
     *
     * @throws IOException if no pair is left to train on or to choose on
     * @throws hlstm.trainer.run.RunException if the model is not for translation, or its tokens are
     *     other units than the recipe's
     */
    static TranslationData of(TextSettings settings, ParallelCorpus corpus, InitialModel model)
            throws IOException {
        TranslationTask task = model.requireTask(TranslationTask.class, "translation");
        Unit unit = task.source().unit();
        if (unit != Unit.of(settings.unit())) {
            throw new RunException(
                    "%s reads %s, the recipe %s: set text.unit=%s"
                            .formatted(model.name(), unit.label(), settings.unit(), unit.label()));
        }
        ParallelText train = corpus.train();
        return of(
                settings,
                corpus,
                task.source(),
                tokens(unit, task.source().codes(), train.source()),
                task.target(),
                tokens(unit, task.target().codes(), train.target()));
    }

    private static TranslationData of(
            TextSettings settings,
            ParallelCorpus corpus,
            TextCoding source,
            List<List<String>> from,
            TextCoding target,
            List<List<String>> to)
            throws IOException {
        ParallelText train = corpus.train();
        List<String> sourceText = new ArrayList<>();
        List<String> targetText = new ArrayList<>();
        List<int[]> sources = new ArrayList<>();
        List<int[]> targets = new ArrayList<>();
        int tooLong = 0;
        for (int k = 0; k < train.size(); k++) {
            int longest = Math.max(from.get(k).size(), to.get(k).size());
            if (longest > settings.longest()) {
                tooLong++;
            } else if (!from.get(k).isEmpty() && !to.get(k).isEmpty()) {
                sourceText.add(train.source().get(k));
                targetText.add(train.target().get(k));
                sources.add(source.vocabulary().numbers(from.get(k)));
                targets.add(target.vocabulary().numbers(to.get(k)));
            }
        }
        if (sources.isEmpty()) {
            throw new IOException(
                    "%s: no pair of at most %d tokens is left to train on; raise text.longest"
                            .formatted(train.name(), settings.longest()));
        }
        if (corpus.valid().source().stream().allMatch(String::isBlank)) {
            throw new IOException(
                    "%s: no pair is left to choose on; give more pairs, or a folder with a set of its own for it"
                            .formatted(corpus.valid().name()));
        }
        StateDigest digest = new StateDigest();
        digest.text("train.source", String.join("\n", train.source()));
        digest.text("train.target", String.join("\n", train.target()));
        digest.text("valid.source", String.join("\n", corpus.valid().source()));
        digest.text("valid.target", String.join("\n", corpus.valid().target()));
        return new TranslationData(
                source,
                target,
                new ParallelText(train.name(), sourceText, targetText),
                sources.toArray(int[][]::new),
                targets.toArray(int[][]::new),
                tooLong,
                settings.longest(),
                corpus.valid(),
                digest.hex());
    }

    private static Map<String, Long> wordCounts(ParallelText text) {
        Map<String, Long> counts = new TreeMap<>();
        for (List<String> side : List.of(text.source(), text.target())) {
            for (String line : side) {
                Words.split(line).forEach(word -> counts.merge(word, 1L, Long::sum));
            }
        }
        return counts;
    }

    private static List<List<String>> tokens(Unit unit, BytePairCodes codes, List<String> lines) {
        Map<String, List<String>> known = new TreeMap<>();
        List<List<String>> tokens = new ArrayList<>();
        for (String line : lines) {
            if (unit != Unit.CODES) {
                tokens.add(TextCoding.tokens(unit, codes, line));
                continue;
            }
            List<String> parts = new ArrayList<>();
            for (String word : Words.split(line)) {
                parts.addAll(known.computeIfAbsent(word, w -> codes.apply(List.of(w))));
            }
            tokens.add(parts);
        }
        return tokens;
    }

    private static TextCoding coding(
            TextSettings settings, Unit unit, BytePairCodes codes, List<List<String>> sentences) {
        TokenVocabulary vocabulary =
                TokenVocabulary.of(sentences, settings.minimumCount(), settings.mostTokens());
        return new TextCoding(unit, vocabulary, codes);
    }

    /** What the data is, in a line. */
    String description() {
        String leftOut =
                tooLong == 0
                        ? ""
                        : " (%d left out, with more than text.longest=%d tokens)"
                                .formatted(tooLong, longest);
        return "%d pairs to learn from%s, %d to choose on; %d tokens of the source, %d of the target"
                .formatted(
                        sources.length,
                        leftOut,
                        valid.size(),
                        source.vocabulary().size(),
                        target.vocabulary().size());
    }
}
