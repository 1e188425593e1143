package hlstm.trainer.translation;

import hlstm.runtime.ModelBuilder;
import hlstm.runtime.Translator;
import hlstm.runtime.search.BeamSettings;
import hlstm.runtime.text.TextCoding;
import hlstm.runtime.text.TokenVocabulary;
import hlstm.trainer.data.LengthBuckets;
import hlstm.trainer.layers.Pass;
import hlstm.trainer.layers.SequenceBlock;
import hlstm.trainer.layers.Workers;
import hlstm.trainer.loss.SoftmaxCrossEntropy;
import hlstm.trainer.run.BatchLoss;
import hlstm.trainer.run.InitialModel;
import hlstm.trainer.run.RunSeeds;
import hlstm.trainer.run.Scores;
import hlstm.trainer.run.TimedWork;
import hlstm.trainer.run.TrainingTask;
import hlstm.trainer.run.TranslationRecipe;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Translation as a task to train: pairs of sentences in, cross-entropy of the target's tokens, and
 * BLEU of what the exported model translates greedily.
 */
public final class TranslationTrainingTask implements TrainingTask {
    /**
     * Blocks have a multiple of so many lanes whatever the machine, for the same bits everywhere.
     */
    private static final int LANE_MULTIPLE = 8;

    private final TranslationData data;
    private final InitialModel initial;
    private final TranslationNetwork network;
    private final LengthBuckets buckets;
    private final MergeDropout mergeDropout;
    private final SoftmaxCrossEntropy loss;
    private final Workers workers;
    private SequenceBlock logits;

    private TranslationTrainingTask(
            TranslationRecipe recipe,
            TranslationData data,
            Optional<InitialModel> initial,
            Workers workers) {
        this.data = data;
        this.initial = initial.orElse(null);
        this.workers = workers;
        network =
                new TranslationNetwork(
                        recipe.translator(),
                        data.source().vocabulary().size(),
                        data.target().vocabulary().size());
        initial.ifPresent(network::beginWith);
        mergeDropout =
                new MergeDropout(recipe.text().mergeDropout(), RunSeeds.AUGMENTATION.of(recipe));
        int[] lengths = new int[data.sources().length];
        Arrays.setAll(lengths, k -> data.sources()[k].length + data.targets()[k].length);
        buckets =
                new LengthBuckets(
                        lengths,
                        recipe.training().batchSize(),
                        RunSeeds.BATCHES.of(recipe),
                        recipe.training().shortestFirst());
        loss = new SoftmaxCrossEntropy(recipe.translator().labelSmoothing());
    }

    /** Makes the task of a run on a corpus, from random weights. */
    public static TrainingTask.Factory tasks(TranslationRecipe recipe, ParallelCorpus corpus) {
        return tasks(recipe, corpus, Optional.empty());
    }

    /**
     * Makes the task of a run on a corpus.
     *
     * @param initial what the network begins with; its codes and vocabularies are kept
     */
    public static TrainingTask.Factory tasks(
            TranslationRecipe recipe, ParallelCorpus corpus, Optional<InitialModel> initial) {
        return workers -> {
            TranslationData data =
                    initial.isPresent()
                            ? TranslationData.of(recipe.text(), corpus, initial.get())
                            : TranslationData.of(recipe.text(), corpus);
            return new TranslationTrainingTask(recipe, data, initial, workers);
        };
    }

    @Override
    public Optional<InitialModel> initialModel() {
        return Optional.ofNullable(initial);
    }

    @Override
    public String dataDescription() {
        return data.description();
    }

    @Override
    public String dataHash() {
        return data.hash();
    }

    @Override
    public TranslationNetwork network() {
        return network;
    }

    @Override
    public List<int[]> batches(int epoch) {
        return buckets.epoch(epoch);
    }

    @Override
    public BatchLoss forward(int[] examples, int epoch, Pass pass) {
        int[][] sources = new int[examples.length][];
        int[][] read = new int[examples.length][];
        int[][] wanted = new int[examples.length][];
        int[][] targets = new int[examples.length][];
        pass.workers()
                .run(
                        examples.length,
                        lane -> {
                            int pair = examples[lane];
                            ParallelText text = data.sentences();
                            RandomGenerator random = mergeDropout.random(epoch, pair);
                            sources[lane] =
                                    tokens(
                                            pair,
                                            data.sources(),
                                            data.source(),
                                            text.source(),
                                            random);
                            targets[lane] =
                                    tokens(
                                            pair,
                                            data.targets(),
                                            data.target(),
                                            text.target(),
                                            random);
                        });
        for (int lane = 0; lane < examples.length; lane++) {
            int[] target = targets[lane];
            read[lane] = new int[target.length + 1];
            read[lane][0] = TokenVocabulary.BEGIN;
            System.arraycopy(target, 0, read[lane], 1, target.length);
            wanted[lane] = Arrays.copyOf(target, target.length + 1);
            wanted[lane][target.length] = TokenVocabulary.END;
        }
        int lanes = Math.ceilDiv(examples.length, LANE_MULTIPLE) * LANE_MULTIPLE;
        logits = network.forward(sources, read, lanes, pass);
        // In place: the logits of a batch are the largest block of all.
        SoftmaxCrossEntropy.Result result = loss.compute(logits, wanted, logits, pass.workers());
        return new BatchLoss(result.mean(), result.steps());
    }

    /** The tokens of a side of a pair: as they were cut once, or cut anew. */
    private int[] tokens(
            int pair, int[][] once, TextCoding coding, List<String> text, RandomGenerator random) {
        return mergeDropout.share() == 0
                ? once[pair]
                : mergeDropout.encode(coding, text.get(pair), random);
    }

    @Override
    public void backward(Pass pass) {
        network.backward(logits, pass);
    }

    @Override
    public Scores score() {
        TranslationEvaluation evaluation =
                TranslationEvaluation.of(
                        export().build(), BeamSettings.GREEDY, data.valid(), workers, done -> {});
        return new Scores(100 * evaluation.bleu(), 100 * evaluation.exact());
    }

    private ModelBuilder export() {
        return network.export(data.source(), data.target());
    }

    /** The token of a greedy translation, the encoder's work and the end included. */
    @Override
    public TimedWork inference() {
        Translator translator = new Translator(export().build(), BeamSettings.GREEDY);
        List<String> sentences =
                data.valid().source().stream()
                        .filter(sentence -> !sentence.isBlank())
                        .sorted(Comparator.comparingInt(String::length))
                        .toList();
        String usual = sentences.get(sentences.size() / 2);
        int tokens = translator.translations(usual).getFirst().tokens().size() + 1;
        return new TimedWork("token of a sentence", tokens, () -> translator.translate(usual));
    }

    @Override
    public void write(Path file, Map<String, String> provenance) throws IOException {
        ModelBuilder model = export();
        provenance.forEach(model::provenance);
        model.write(file);
    }
}
