package hlstm.trainer.cli;

import hlstm.runtime.Model;
import hlstm.runtime.Transcriber;
import hlstm.runtime.audio.Waveform;
import hlstm.runtime.decode.Decoding;
import hlstm.trainer.data.Corpus;
import hlstm.trainer.data.Utterance;
import hlstm.trainer.layers.Workers;
import hlstm.trainer.metrics.CharacterErrorRate;
import hlstm.trainer.metrics.EditCounts;
import hlstm.trainer.metrics.WordErrorRate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * How well a model transcribes a corpus, utterance by utterance through the runtime, as in use.
 *
 * @param results every utterance, in the order of the corpus
 */
record Evaluation(List<Result> results) {
    /**
     * One utterance.
     *
     * @param id of the utterance
     * @param speaker who said it
     * @param reference what was said
     * @param hypothesis what the model wrote
     * @param words word edits
     * @param characters character edits
     * @param seconds length of the sound
     */
    record Result(
            String id,
            String speaker,
            String reference,
            String hypothesis,
            EditCounts words,
            EditCounts characters,
            double seconds) {}

    /** Edits of all utterances, or of those of a speaker. */
    record Total(int utterances, EditCounts words, EditCounts characters, double seconds) {
        private static final Total NONE = new Total(0, EditCounts.NONE, EditCounts.NONE, 0);

        private Total plus(Result result) {
            return new Total(
                    utterances + 1,
                    words.plus(result.words()),
                    characters.plus(result.characters()),
                    seconds + result.seconds());
        }
    }

    /**
     * Transcribes a corpus.
     *
     * @param decoding how outputs become text
     * @param progress told the number of utterances done, from one thread at a time
     * @throws IOException if sound cannot be read
     */
    static Evaluation of(
            Model model, Decoding decoding, Corpus corpus, Workers workers, IntConsumer progress)
            throws IOException {
        Result[] results = new Result[corpus.size()];
        AtomicInteger next = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        try {
            workers.run(
                    workers.threads(),
                    worker -> {
                        Transcriber transcriber = new Transcriber(model, decoding);
                        for (int i = next.getAndIncrement();
                                i < results.length;
                                i = next.getAndIncrement()) {
                            results[i] = result(transcriber, corpus.utterances().get(i));
                            synchronized (done) {
                                progress.accept(done.incrementAndGet());
                            }
                        }
                    });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return new Evaluation(List.of(results));
    }

    private static Result result(Transcriber transcriber, Utterance utterance) {
        Waveform sound;
        try {
            sound = utterance.audio().load();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String text = transcriber.transcribe(sound);
        return new Result(
                utterance.id(),
                utterance.speaker(),
                utterance.transcript(),
                text,
                new WordErrorRate().add(utterance.transcript(), text),
                new CharacterErrorRate().add(utterance.transcript(), text),
                sound.seconds());
    }

    /** All utterances together. */
    Total total() {
        Total total = Total.NONE;
        for (Result result : results) {
            total = total.plus(result);
        }
        return total;
    }

    /** Each speaker, in alphabetical order. */
    Map<String, Total> speakers() {
        Map<String, Total> speakers = new TreeMap<>();
        for (Result result : results) {
            speakers.merge(
                    result.speaker(), Total.NONE.plus(result), (total, one) -> total.plus(result));
        }
        return speakers;
    }

    /** The utterances with errors, those with the most word edits first, then by id. */
    List<Result> worst(int most) {
        List<Result> sorted = new ArrayList<>(results);
        sorted.removeIf(result -> result.words().edits() == 0);
        sorted.sort(
                (a, b) ->
                        a.words().edits() != b.words().edits()
                                ? Long.compare(b.words().edits(), a.words().edits())
                                : a.id().compareTo(b.id()));
        return sorted.subList(0, Math.min(most, sorted.size()));
    }
}
