package hlstm.trainer.run;

import hlstm.runtime.Captioner;
import hlstm.runtime.CaptioningTask;
import hlstm.runtime.Model;
import hlstm.runtime.ModelBuilder;
import hlstm.runtime.Session;
import hlstm.runtime.search.BeamSettings;
import hlstm.runtime.text.TokenVocabulary;
import hlstm.trainer.captions.CaptionData;
import hlstm.trainer.captions.CaptionScorer;
import hlstm.trainer.captions.CaptionSet;
import hlstm.trainer.captions.CaptionedImage;
import hlstm.trainer.data.LengthBuckets;
import hlstm.trainer.layers.CaptionNetwork;
import hlstm.trainer.layers.Pass;
import hlstm.trainer.layers.SequenceBlock;
import hlstm.trainer.layers.Trainable;
import hlstm.trainer.layers.Workers;
import hlstm.trainer.loss.SoftmaxCrossEntropy;
import hlstm.trainer.metrics.Tokenization;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Captioning as a task to train: an example is a caption with its image, and the development score
 * is that of the captions that the model for inference writes.
 */
final class CaptionTrainingTask implements TrainingTask {
    /** Blocks have a multiple of so many lanes whatever the machine. */
    private static final int LANE_MULTIPLE = 8;

    private static final String LAYERS = "layers.";
    private static final String OUTPUT = "output.";
    private static final String INPUT_WEIGHT = "layers.0.weight";
    private static final String INPUT_BIAS = "layers.0.bias";

    /** A caption of the training set: its image, what is read and what is to be said. */
    private record Example(int image, int[] read, int[] said) {}

    private final CaptionRecipe recipe;
    private final CaptionData data;
    private final InitialModel initial;
    private final Workers workers;
    private final ImageNormalisation normalisation;
    private final CaptioningTask task;
    private final List<Example> examples = new ArrayList<>();
    private final float[][] features;
    private final LengthBuckets buckets;
    private final CaptionNetwork network;
    private final SoftmaxCrossEntropy loss;
    private final CaptionScorer scorer;
    private final SequenceBlock images = new SequenceBlock();
    private final SequenceBlock gradient = new SequenceBlock();

    CaptionTrainingTask(
            CaptionRecipe recipe,
            CaptionData data,
            Optional<InitialModel> initial,
            Workers workers) {
        this.initial = initial.orElse(null);
        this.recipe = recipe;
        this.data = data;
        this.workers = workers;
        WordSettings words = recipe.words();
        normalisation = ImageNormalisation.of(recipe.images(), data.train());
        List<List<List<String>>> captions = new ArrayList<>();
        for (CaptionedImage image : data.train().images()) {
            captions.add(image.captions().stream().map(Tokenization.PTB::words).toList());
        }
        TokenVocabulary vocabulary =
                initial.isPresent() ? vocabularyOf(initial.get()) : vocabularyOf(captions);
        task =
                new CaptioningTask(
                        data.train().featureWidth(), normalisation.transform(), vocabulary);
        features = new float[captions.size()][];
        for (int image = 0; image < captions.size(); image++) {
            features[image] = normalisation.apply(data.train(), image);
            for (List<String> caption : captions.get(image)) {
                examples.add(example(image, vocabulary.numbers(caption), words.mostWords()));
            }
        }
        buckets =
                new LengthBuckets(
                        examples.stream().mapToInt(example -> example.said().length).toArray(),
                        recipe.training().batchSize(),
                        RunSeeds.BATCHES.of(recipe),
                        recipe.training().shortestFirst());
        CaptionNetworkSettings settings = recipe.network();
        network =
                new CaptionNetwork(
                        task.featureWidth(),
                        vocabulary.size(),
                        settings.cells(),
                        (float) settings.inputDropout(),
                        (float) settings.dropout(),
                        (float) settings.gateDropout());
        initial.ifPresent(this::beginWith);
        loss = new SoftmaxCrossEntropy(words.labelSmoothing());
        scorer = new CaptionScorer(data.dev());
    }

    private TokenVocabulary vocabularyOf(List<List<List<String>>> captions) {
        WordSettings words = recipe.words();
        TokenVocabulary vocabulary =
                TokenVocabulary.of(
                        captions.stream().flatMap(List::stream).toList(),
                        words.minimumCount(),
                        TokenVocabulary.MAX_SIZE - TokenVocabulary.SPECIAL.size());
        if (vocabulary.size() == TokenVocabulary.SPECIAL.size()) {
            throw new RunException(
                    "no word occurs words.minimumCount=%d times in the captions to learn from: lower it, or give captions with words"
                            .formatted(words.minimumCount()));
        }
        return vocabulary;
    }

    private TokenVocabulary vocabularyOf(InitialModel model) {
        CaptioningTask trained = model.requireTask(CaptioningTask.class, "captioning");
        if (trained.featureWidth() != data.train().featureWidth()
                || trained.transform() != normalisation.transform()) {
            throw new RunException(
                    "%s sees other features: expected %d with images.transform %s, as the data and the recipe have, found %d with %s"
                            .formatted(
                                    model.name(),
                                    data.train().featureWidth(),
                                    normalisation.transform().label(),
                                    trained.featureWidth(),
                                    trained.transform().label()));
        }
        return trained.vocabulary();
    }

    /** In models a linear layer of image and words is layer 0, and the output is the last one. */
    private void beginWith(InitialModel model) {
        String last = LAYERS + (recipe.network().layers() + 1) + ".";
        model.into(
                network.parametersBehindInput(),
                name ->
                        name.startsWith(OUTPUT)
                                ? last + name.substring(OUTPUT.length())
                                : behindInput(name),
                List.of(INPUT_WEIGHT, INPUT_BIAS));
        network.restoreInput(
                model.denseWeights(
                        INPUT_WEIGHT,
                        recipe.network().embedding(),
                        task.featureWidth() + task.vocabulary().size()),
                model.bias(INPUT_BIAS),
                normalisation.shift(),
                normalisation.scale());
    }

    private static String behindInput(String name) {
        int dot = name.indexOf('.', LAYERS.length());
        int layer = Integer.parseInt(name.substring(LAYERS.length(), dot));
        return LAYERS + (layer + 1) + name.substring(dot);
    }

    @Override
    public Optional<InitialModel> initialModel() {
        return Optional.ofNullable(initial);
    }

    /** Cuts what is too long; then its end is not to be said. */
    private static Example example(int image, int[] words, int mostWords) {
        int length = Math.min(words.length + 1, mostWords);
        int[] read = new int[length];
        int[] said = new int[length];
        for (int k = 0; k < length; k++) {
            read[k] = k == 0 ? TokenVocabulary.BEGIN : words[k - 1];
            said[k] = k == words.length ? TokenVocabulary.END : words[k];
        }
        return new Example(image, read, said);
    }

    @Override
    public String dataDescription() {
        return "%d images with %d captions to learn from, %d to choose on, %d words"
                .formatted(
                        data.train().size(),
                        examples.size(),
                        data.dev().size(),
                        task.vocabulary().size());
    }

    @Override
    public String dataHash() {
        StateDigest digest = new StateDigest();
        add(digest, "train", data.train());
        add(digest, "dev", data.dev());
        return digest.hex();
    }

    /** Batches depend on the order of images too. */
    private static void add(StateDigest digest, String part, CaptionSet set) {
        digest.text(
                part,
                set.images().stream().map(CaptionedImage::name).collect(Collectors.joining("\n")));
        for (int k = 0; k < set.size(); k++) {
            CaptionedImage image = set.images().get(k);
            String name = part + " " + image.name();
            digest.text(name, String.join("\n", image.captions()));
            digest.floats(name, set.features(k));
        }
    }

    @Override
    public Trainable network() {
        return network;
    }

    @Override
    public List<int[]> batches(int epoch) {
        return buckets.epoch(epoch);
    }

    @Override
    public BatchLoss forward(int[] batch, int epoch, Pass pass) {
        int lanes = Math.ceilDiv(batch.length, LANE_MULTIPLE) * LANE_MULTIPLE;
        int[] ones = new int[batch.length];
        Arrays.fill(ones, 1);
        images.reshape(1, task.featureWidth(), lanes, ones);
        int[][] read = new int[batch.length][];
        int[][] said = new int[batch.length][];
        for (int lane = 0; lane < batch.length; lane++) {
            Example example = examples.get(batch[lane]);
            read[lane] = example.read();
            said[lane] = example.said();
            float[] image = features[example.image()];
            for (int k = 0; k < image.length; k++) {
                images.data()[k * lanes + lane] = image[k];
            }
        }
        SequenceBlock logits = network.forward(images, read, pass);
        SoftmaxCrossEntropy.Result result = loss.compute(logits, said, gradient, pass.workers());
        return new BatchLoss(result.mean(), result.steps());
    }

    @Override
    public void backward(Pass pass) {
        network.backward(gradient, pass);
    }

    @Override
    public Scores score() {
        Model model = export().build();
        BeamSettings beam = new BeamSettings(recipe.words().beam(), 0);
        CaptionScorer.Scored scored =
                scorer.score(
                        () -> new Captioner(model, beam, recipe.words().mostWords()),
                        workers,
                        done -> {});
        return new Scores(100 * scored.cider(), 100 * scored.bleu(4));
    }

    private ModelBuilder export() {
        return network.export(task, normalisation.shift(), normalisation.scale());
    }

    @Override
    public TimedWork inference() {
        Session session = export().build().newSession();
        float[] word = new float[session.spec().inputWidth()];
        word[word.length - 1] = 1;
        return SteadySteps.of(session, word);
    }

    @Override
    public void write(Path file, Map<String, String> provenance) throws IOException {
        ModelBuilder model = export();
        provenance.forEach(model::provenance);
        model.write(file);
    }
}
