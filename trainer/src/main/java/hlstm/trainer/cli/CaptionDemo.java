package hlstm.trainer.cli;

import hlstm.runtime.Captioner;
import hlstm.runtime.CaptioningTask;
import hlstm.runtime.Model;
import hlstm.runtime.search.BeamSettings;
import hlstm.trainer.captions.CaptionData;
import hlstm.trainer.captions.CaptionFolder;
import hlstm.trainer.captions.CaptionScorer;
import hlstm.trainer.captions.CaptionSet;
import hlstm.trainer.captions.CaptionSources;
import hlstm.trainer.captions.CaptionedImage;
import hlstm.trainer.captions.ReferenceSteps;
import hlstm.trainer.layers.ThreadWorkers;
import hlstm.trainer.layers.Workers;
import hlstm.trainer.run.CaptionRecipe;
import hlstm.trainer.run.CaptionTraining;
import hlstm.trainer.scenes.Picture;
import hlstm.trainer.scenes.SceneCorpus;
import hlstm.trainer.scenes.SceneCorpusSpec;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/**
 * The demonstration of captioning: draws pictures, trains models on them, and measures what was
 * written.
 */
final class CaptionDemo {
    private static final String NAME = "scenes";
    private static final int TIMED_IMAGES = 20;
    private static final int SHOWN = 18;
    private static final int SHOWN_WRONG = 6;

    /**
     * What the demonstration does.
     *
     * @param corpus the pictures it draws
     * @param entries the models it trains, the one that the others are held against first
     * @param timing how long steps are timed, and before that run to warm up
     */
    record Plan(SceneCorpusSpec corpus, List<Entry> entries, Duration timing) {}

    /**
     * A model of the demonstration.
     *
     * @param name in tables
     * @param folder of its run
     * @param recipe that trains it
     */
    record Entry(String name, String folder, CaptionRecipe recipe) {}

    /**
     * What was measured of a model.
     *
     * @param name in tables
     * @param run the folder of its run
     * @param weights of the gates
     * @param flopsPerStep operations of the matrix products of a step, output layer included
     * @param cider CIDEr-D on the test set, 0 to 10
     * @param right share of the captions in which every detail is right
     * @param p50Nanos median time of a step
     * @param p99Nanos time that 99 of 100 steps do not exceed
     * @param trainSeconds time that training took
     */
    record Row(
            String name,
            Path run,
            long weights,
            long flopsPerStep,
            double cider,
            double right,
            double p50Nanos,
            double p99Nanos,
            double trainSeconds) {
        /** The model's file. */
        Path model() {
            return run.resolve("model.safetensors");
        }
    }

    /**
     * A picture with its captions.
     *
     * @param reference one of those that it was made with
     * @param written by each model
     */
    record Shown(Picture picture, String reference, List<Written> written) {}

    /**
     * A caption by a model.
     *
     * @param right whether every detail is
     */
    record Written(String caption, boolean right) {}

    /**
     * The outcome.
     *
     * @param data the folder with captions and features
     * @param rows the models in order
     * @param shown pictures of the test set
     * @param seconds of it all
     */
    record Result(Path data, List<Row> rows, List<Shown> shown, double seconds) {}

    private final Plan plan;
    private final Path out;
    private final Terminal terminal;
    private final PrintWriter err;

    CaptionDemo(Plan plan, Path out, Terminal terminal, PrintWriter err) {
        this.plan = plan;
        this.out = out;
        this.terminal = terminal;
        this.err = err;
    }

    /**
     * Runs all of it in a folder without an earlier one.
     *
     * @throws IOException if something cannot be written
     */
    Result run() throws IOException {
        long started = System.nanoTime();
        DemoRun.say(err, "drawing pictures");
        Path folder = out.resolve(NAME);
        SceneCorpus corpus = SceneCorpus.generate(plan.corpus());
        CaptionFolder.write(folder, NAME, corpus.data(), corpus.features());
        // From here on the written files are used, so that others who use them get the same.
        CaptionData data =
                CaptionData.read(CaptionSources.find(folder, List.of(), List.of(), null, null));
        DemoRun.say(
                err,
                "%d pictures to learn from, %d to choose on, %d to test on (other scenes)"
                        .formatted(data.train().size(), data.dev().size(), data.test().size()));
        List<Double> trainSeconds = new ArrayList<>();
        List<Model> models = new ArrayList<>();
        for (Entry entry : plan.entries()) {
            trainSeconds.add(
                    DemoRun.train(
                            entry.name(),
                            entry.recipe(),
                            CaptionTraining.tasks(entry.recipe(), data),
                            out.resolve(entry.folder()),
                            terminal,
                            err));
            models.add(Model.load(out.resolve(entry.folder()).resolve("model.safetensors")));
        }
        List<CaptionScorer.Scored> scored = score(models, data.test());
        List<Shown> all = shown(corpus, data.test(), scored);
        StepLatency latency = time(models, data.test());
        List<Row> rows = new ArrayList<>();
        for (int k = 0; k < models.size(); k++) {
            Histogram steps = latency.histogram(k);
            rows.add(
                    new Row(
                            plan.entries().get(k).name(),
                            out.resolve(plan.entries().get(k).folder()),
                            models.get(k).recurrentWeights(),
                            models.get(k).flopsPerStep(),
                            scored.get(k).cider(),
                            right(all, k),
                            steps.getValueAtPercentile(50),
                            steps.getValueAtPercentile(99),
                            trainSeconds.get(k)));
        }
        return new Result(folder, rows, choice(all), (System.nanoTime() - started) / 1e9);
    }

    /** Some pictures with a wrong caption, then others as they come. */
    static List<Shown> choice(List<Shown> all) {
        Map<Boolean, List<Shown>> right =
                all.stream()
                        .collect(
                                Collectors.partitioningBy(
                                        shown ->
                                                shown.written().stream().allMatch(Written::right)));
        List<Shown> wrong = right.get(false);
        return Stream.of(
                        wrong.stream().limit(SHOWN_WRONG),
                        right.get(true).stream(),
                        wrong.stream().skip(SHOWN_WRONG))
                .flatMap(shown -> shown)
                .limit(SHOWN)
                .toList();
    }

    private static List<Shown> shown(
            SceneCorpus corpus, CaptionSet test, List<CaptionScorer.Scored> scored) {
        List<Shown> shown = new ArrayList<>();
        for (int k = 0; k < test.size(); k++) {
            CaptionedImage image = test.images().get(k);
            List<Written> written = new ArrayList<>();
            for (CaptionScorer.Scored each : scored) {
                String caption = each.captions().get(k);
                written.add(new Written(caption, corpus.isRight(image.name(), caption)));
            }
            shown.add(
                    new Shown(corpus.picture(image.name()), image.captions().getFirst(), written));
        }
        return shown;
    }

    /** The share of pictures that a model has captioned right. */
    private static double right(List<Shown> all, int model) {
        long right = all.stream().filter(shown -> shown.written().get(model).right()).count();
        return (double) right / all.size();
    }

    private List<CaptionScorer.Scored> score(List<Model> models, CaptionSet test) {
        CaptionScorer scorer = new CaptionScorer(test);
        List<CaptionScorer.Scored> scored = new ArrayList<>();
        int threads = plan.entries().getFirst().recipe().training().workers();
        try (Workers workers = new ThreadWorkers(threads)) {
            for (int k = 0; k < models.size(); k++) {
                Model model = models.get(k);
                BeamSettings beam =
                        new BeamSettings(plan.entries().get(k).recipe().words().beam(), 0);
                int mostWords = plan.entries().get(k).recipe().words().mostWords();
                scored.add(
                        scorer.score(
                                () -> new Captioner(model, beam, mostWords), workers, done -> {}));
            }
        }
        return scored;
    }

    /** Times steps while the models read references, so that all read the same. */
    private StepLatency time(List<Model> models, CaptionSet test) {
        DemoRun.say(err, "timing steps");
        CaptioningTask task = (CaptioningTask) models.getFirst().spec().task();
        List<float[]> sequences = ReferenceSteps.of(task, test, TIMED_IMAGES);
        StepLatency latency = new StepLatency(models, sequences);
        latency.run(plan.timing());
        latency.run(plan.timing());
        return latency;
    }
}
