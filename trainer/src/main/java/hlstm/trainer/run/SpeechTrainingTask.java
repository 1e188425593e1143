package hlstm.trainer.run;

import hlstm.runtime.ModelBuilder;
import hlstm.runtime.ModelSpec;
import hlstm.runtime.Session;
import hlstm.runtime.SpeechTask;
import hlstm.runtime.decode.Alphabet;
import hlstm.runtime.decode.CtcGreedyDecoder;
import hlstm.sparse.KernelProviders;
import hlstm.trainer.data.Batch;
import hlstm.trainer.data.BatchLoader;
import hlstm.trainer.data.CorpusSplit;
import hlstm.trainer.data.LengthBuckets;
import hlstm.trainer.layers.Network;
import hlstm.trainer.layers.NetworkExporter;
import hlstm.trainer.layers.Pass;
import hlstm.trainer.layers.SequenceBlock;
import hlstm.trainer.layers.Workers;
import hlstm.trainer.loss.CtcLoss;
import hlstm.trainer.loss.DistillationLoss;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Speech recognition as a task to train: features in, CTC over symbols, word error rates. */
final class SpeechTrainingTask implements TrainingTask {
    /**
     * Blocks have a multiple of so many lanes whatever the machine, for the same bits everywhere.
     */
    private static final int LANE_MULTIPLE = 8;

    private static final double MILLIS = 1000;

    private final SpeechRecipe recipe;
    private final TrainingData data;
    private final Alphabet alphabet;
    private final Network network;
    private final LengthBuckets buckets;
    private final BatchLoader loader;
    private final CtcLoss loss;
    private final Teacher teacher;
    private final InitialModel initial;
    private final DistillationLoss distillation = new DistillationLoss();
    private final SpeechScorer scorer;
    private final SequenceBlock gradient = new SequenceBlock();

    SpeechTrainingTask(
            SpeechRecipe recipe,
            TrainingData data,
            Optional<Teacher> teacher,
            Optional<InitialModel> initial,
            Workers workers) {
        this.recipe = recipe;
        this.data = data;
        this.initial = initial.orElse(null);
        if (teacher.isPresent() != recipe.distillation().weight() > 0) {
            throw new RunException(
                    "distillation.weight is %s and there is %s: a weight above 0 needs a teacher, and a teacher a weight"
                            .formatted(
                                    recipe.distillation().weight(),
                                    teacher.isPresent() ? "a teacher" : "no teacher"));
        }
        this.teacher = teacher.orElse(null);
        alphabet = Alphabet.of(recipe.alphabet());
        network =
                NetworkBuilder.build(recipe.network(), recipe.features().width(), alphabet.size());
        if (this.initial != null) {
            beginWith(this.initial);
        }
        TrainingSettings training = recipe.training();
        buckets =
                new LengthBuckets(
                        data.training().allSteps(),
                        training.batchSize(),
                        RunSeeds.BATCHES.of(recipe),
                        training.shortestFirst());
        loader =
                new BatchLoader(
                        data.training(),
                        recipe.augmentation(),
                        RunSeeds.AUGMENTATION.of(recipe),
                        LANE_MULTIPLE);
        loss = new CtcLoss(alphabet.blank());
        scorer =
                new SpeechScorer(
                        data.development(),
                        training.batchSize(),
                        LANE_MULTIPLE,
                        new CtcGreedyDecoder(alphabet),
                        KernelProviders.get(),
                        workers);
    }

    /** Computes the features of a corpus. */
    static SpeechTrainingTask open(
            SpeechRecipe recipe,
            CorpusSplit corpus,
            Optional<Teacher> teacher,
            Optional<InitialModel> initial,
            Workers workers)
            throws IOException {
        return new SpeechTrainingTask(
                recipe, TrainingData.compute(recipe, corpus, workers), teacher, initial, workers);
    }

    private void beginWith(InitialModel model) {
        SpeechTask task = model.requireTask(SpeechTask.class, "speech");
        if (recipe.network().batchNorm() || !recipe.network().frontEnd().isNone()) {
            throw new RunException(
                    "a run cannot begin with %s in a network with batch norm, whose statistics models do not keep: expected network.batchNorm=false and no network.frontEnd"
                            .formatted(model.name()));
        }
        if (!task.features().equals(recipe.features())) {
            throw new RunException(
                    "%s hears other features than the recipe: expected %s, found %s; train with the features of the model"
                            .formatted(model.name(), recipe.features(), task.features()));
        }
        if (!task.alphabet().equals(alphabet)) {
            throw new RunException(
                    "%s writes other symbols than the recipe's '%s': train with the alphabet of the model"
                            .formatted(model.name(), recipe.alphabet()));
        }
        model.into(network.parameters());
    }

    @Override
    public Optional<InitialModel> initialModel() {
        return Optional.ofNullable(initial);
    }

    @Override
    public String dataDescription() {
        return data.description() + (teacher == null ? "" : ", " + teacher.description());
    }

    @Override
    public String dataHash() {
        if (teacher == null) {
            return data.hash();
        }
        StateDigest digest = new StateDigest();
        digest.text("data", data.hash());
        digest.text("teacher", teacher.fingerprint());
        return digest.hex();
    }

    @Override
    public Network network() {
        return network;
    }

    @Override
    public List<int[]> batches(int epoch) {
        return buckets.epoch(epoch);
    }

    @Override
    public BatchLoss forward(int[] examples, int epoch, Pass pass) {
        Batch batch = loader.load(examples, epoch, pass.workers());
        SequenceBlock logits = network.forward(batch.input(), pass);
        CtcLoss.Result result = loss.compute(logits, batch.labels(), gradient, pass.workers());
        if (teacher == null) {
            return new BatchLoss(result.mean(), result.utterances());
        }
        double weight = recipe.distillation().weight();
        double divergence =
                distillation.mix(
                        teacher.listen(batch.input(), logits, pass.workers()),
                        logits,
                        batch.size(),
                        weight,
                        gradient,
                        pass.workers());
        return new BatchLoss(
                (1 - weight) * result.mean() + weight * divergence, result.utterances());
    }

    @Override
    public void backward(Pass pass) {
        network.backward(gradient, pass);
    }

    @Override
    public Scores score() {
        return scorer.score(network);
    }

    private ModelBuilder export() {
        return NetworkExporter.export(network, new SpeechTask(recipe.features(), alphabet));
    }

    @Override
    public TimedWork inference() {
        Session session = export().build().newSession();
        ModelSpec spec = session.spec();
        if (!recipe.network().bidirectional() && !spec.looksAhead()) {
            return SteadySteps.of(session, data.development().features(0));
        }
        int usual = medianOf(data.development().allSteps());
        float[] in = data.development().features(usual);
        int steps = in.length / spec.inputWidth();
        float[] out = new float[Math.multiplyExact(spec.outputSteps(steps), spec.outputWidth())];
        double seconds =
                steps * recipe.features().stride() * recipe.features().hopMillis() / MILLIS;
        return new TimedWork(
                String.format(Locale.ROOT, "whole utterance of %.1f s", seconds),
                1,
                () -> session.run(in, steps, out));
    }

    /** The utterance of median length. */
    private static int medianOf(int[] lengths) {
        return IntStream.range(0, lengths.length)
                .boxed()
                .sorted(Comparator.comparingInt(k -> lengths[k]))
                .toList()
                .get(lengths.length / 2);
    }

    @Override
    public void write(Path file, Map<String, String> provenance) throws IOException {
        ModelBuilder model = export();
        provenance.forEach(model::provenance);
        model.write(file);
    }
}
