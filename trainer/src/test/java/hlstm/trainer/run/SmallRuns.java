package hlstm.trainer.run;

import hlstm.trainer.data.AudioSource;
import hlstm.trainer.data.Corpus;
import hlstm.trainer.data.CorpusSplit;
import hlstm.trainer.data.Utterance;
import hlstm.trainer.synth.DigitCorpus;
import hlstm.trainer.synth.DigitCorpusSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs of a second or two for tests. */
final class SmallRuns {
    private SmallRuns() {}

    /** Grows for two epochs, then is pruned in two cuts and retrained: every kind of epoch. */
    static SpeechRecipe growAndPrune() {
        return dense().with(
                        List.of(
                                "growAndPrune.enabled=true",
                                "growAndPrune.geometry.hidden=rows4",
                                "growAndPrune.geometry.recurrent=banked8",
                                "growAndPrune.seedDensity=0.3",
                                "growAndPrune.growth.interval=1",
                                "growAndPrune.growth.maxEvents=1",
                                "growAndPrune.growth.gradientBatches=2",
                                "growAndPrune.growth.movedShare=0.1",
                                "growAndPrune.growth.densityCap=0.6",
                                "growAndPrune.settleEpochs=1",
                                "growAndPrune.pruning.method=gradual",
                                "growAndPrune.pruning.epochs=2",
                                "growAndPrune.pruning.retrainEpochs=1",
                                "growAndPrune.pruning.targetDensity=0.2"));
    }

    /** A dense H-LSTM. */
    static SpeechRecipe dense() {
        return Recipes.require(SpeechRecipe.class, Recipes.named("demo-hlstm"))
                .with(
                        List.of(
                                "features.sampleRate=8000",
                                "features.melBands=8",
                                "network.layers=2",
                                "network.width=16",
                                "network.gateHidden=16",
                                "network.bidirectional=true",
                                "network.dropout=0.1",
                                "network.gateDropout=0.1",
                                "training.epochs=6",
                                "training.batchSize=8",
                                "training.threads=1",
                                "augmentation.speed=0.05"));
    }

    static CorpusSplit corpus() throws IOException {
        CorpusSplit split =
                DigitCorpus.generate(new DigitCorpusSpec(8_000, 24, 8, 4, 2, 3, 20, 40, 1));
        return new CorpusSplit(inMemory(split.train()), inMemory(split.dev()));
    }

    private static Corpus inMemory(Corpus corpus) throws IOException {
        List<Utterance> utterances = new ArrayList<>();
        for (Utterance u : corpus.utterances()) {
            AudioSource sound = AudioSource.of(u.audio().load());
            utterances.add(new Utterance(u.id(), u.speaker(), u.transcript(), sound));
        }
        return new Corpus(corpus.name(), utterances);
    }

    /** Trains on {@link #corpus} in a folder, new or not. */
    static TrainingOutcome train(SpeechRecipe recipe, Path path, TrainingListener listener)
            throws IOException {
        return train(recipe, corpus(), path, listener);
    }

    /** Trains in a folder, new or not. */
    static TrainingOutcome train(
            SpeechRecipe recipe, CorpusSplit corpus, Path path, TrainingListener listener)
            throws IOException {
        boolean isNew = !Files.exists(path.resolve(".lock"));
        try (RunFolder folder =
                isNew ? RunFolder.create(path, recipe) : RunFolder.resume(path, recipe)) {
            return SpeechTraining.run(recipe, corpus, folder, listener);
        }
    }

    /** A log without times, and without the lines about breaks. */
    static List<RunEvent> comparable(List<RunEvent> events) {
        return events.stream()
                .filter(e -> e.event() != RunEvent.Kind.RESUME)
                .map(
                        e ->
                                new RunEvent(
                                        e.event(),
                                        e.epoch(),
                                        e.phase(),
                                        e.loss(),
                                        e.learningRate(),
                                        e.wer(),
                                        e.cer(),
                                        e.scores(),
                                        e.weights(),
                                        e.density(),
                                        e.matrices(),
                                        e.latencyMicros(),
                                        0,
                                        e.message()))
                .toList();
    }

    /** The events of a run, as a listener gets them. */
    static final class Events implements TrainingListener {
        final List<RunEvent> events = new ArrayList<>();

        Events() {}

        @Override
        public void event(RunEvent event) {
            events.add(event);
        }
    }
}
