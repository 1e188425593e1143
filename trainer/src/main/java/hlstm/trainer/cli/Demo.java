package hlstm.trainer.cli;

import hlstm.runtime.Model;
import hlstm.runtime.SpeechTask;
import hlstm.runtime.audio.FeatureExtractor;
import hlstm.runtime.decode.Decoding;
import hlstm.trainer.data.An4Corpus;
import hlstm.trainer.data.An4Writer;
import hlstm.trainer.data.Corpus;
import hlstm.trainer.data.CorpusSplit;
import hlstm.trainer.data.Utterance;
import hlstm.trainer.layers.ThreadWorkers;
import hlstm.trainer.layers.Workers;
import hlstm.trainer.run.SpeechRecipe;
import hlstm.trainer.run.SpeechTraining;
import hlstm.trainer.synth.DigitCorpus;
import hlstm.trainer.synth.DigitCorpusSpec;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/** The demonstration: makes its data, trains its models, and measures what was written. */
final class Demo {
    /** Sequences that steps are timed on. */
    private static final int TIMED_SEQUENCES = 20;

    /**
     * What the demonstration does.
     *
     * @param corpus the data it makes
     * @param entries the models it trains, the one that the others are held against first
     * @param timing how long steps are timed, and before that run to warm up
     */
    record Plan(DigitCorpusSpec corpus, List<Entry> entries, Duration timing) {}

    /**
     * A model of the demonstration.
     *
     * @param name in tables
     * @param folder of its run
     * @param recipe that trains it
     */
    record Entry(String name, String folder, SpeechRecipe recipe) {}

    /**
     * What was measured of a model.
     *
     * @param name in tables
     * @param model the file
     * @param report the report of its run
     * @param weights stored weights
     * @param denseWeights weights if every matrix were dense
     * @param flopsPerFrame operations of the matrix products of a step
     * @param wer word error rate on the test set, as a fraction
     * @param p50Nanos median time of a step
     * @param p99Nanos time that 99 of 100 steps do not exceed
     * @param trainSeconds time that training took
     */
    record Row(
            String name,
            Path model,
            Path report,
            long weights,
            long denseWeights,
            long flopsPerFrame,
            double wer,
            double p50Nanos,
            double p99Nanos,
            double trainSeconds) {}

    /**
     * The outcome.
     *
     * @param seed that decided every random choice
     * @param begun when it was
     * @param data the folder with the sound
     * @param frameMillis sound that a step of the networks stands for
     * @param rows the models in order
     * @param sample a file of the test set
     * @param sampleText what is said in it
     * @param seconds of it all
     */
    record Result(
            long seed,
            ZonedDateTime begun,
            Path data,
            double frameMillis,
            List<Row> rows,
            Path sample,
            String sampleText,
            double seconds) {}

    private final Plan plan;
    private final Path out;
    private final Terminal terminal;
    private final PrintWriter err;

    Demo(Plan plan, Path out, Terminal terminal, PrintWriter err) {
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
        ZonedDateTime begun = ZonedDateTime.now();
        long started = System.nanoTime();
        say("making data: spoken digits, synthetic voices");
        Path data = out.resolve("digits");
        CorpusSplit made = DigitCorpus.generate(plan.corpus());
        An4Writer.write(data, "digits", made, DigitCorpus.test(plan.corpus()));
        // From here on the written files are used, so that others who use them get the same.
        An4Corpus corpus = An4Corpus.open(data);
        CorpusSplit split = corpus.split();
        Corpus test = corpus.evaluation();
        say(
                "%d utterances to learn from, %d to choose on, %d to test on (other voices)"
                        .formatted(split.train().size(), split.dev().size(), test.size()));

        List<Double> trainSeconds = new ArrayList<>();
        for (Entry entry : plan.entries()) {
            trainSeconds.add(
                    DemoRun.train(
                            entry.name(),
                            entry.recipe(),
                            SpeechTraining.tasks(entry.recipe(), split),
                            folder(entry),
                            terminal,
                            err));
        }
        List<Model> models = new ArrayList<>();
        for (Entry entry : plan.entries()) {
            models.add(Model.load(model(entry)));
        }
        List<Double> rates = new ArrayList<>();
        int threads = plan.entries().getFirst().recipe().training().workers();
        try (Workers workers = new ThreadWorkers(threads)) {
            for (Model model : models) {
                Evaluation evaluation =
                        Evaluation.of(model, Decoding.greedy(), test, workers, done -> {});
                rates.add(evaluation.total().words().errorRate());
            }
        }
        StepLatency latency = time(models, test);
        List<Row> rows = new ArrayList<>();
        for (int k = 0; k < models.size(); k++) {
            Histogram steps = latency.histogram(k);
            rows.add(
                    new Row(
                            plan.entries().get(k).name(),
                            model(plan.entries().get(k)),
                            folder(plan.entries().get(k)).resolve("report.html"),
                            models.get(k).weights(),
                            models.get(k).spec().denseWeights(),
                            models.get(k).flopsPerStep(),
                            rates.get(k),
                            steps.getValueAtPercentile(50),
                            steps.getValueAtPercentile(99),
                            trainSeconds.get(k)));
        }
        Utterance sample = test.utterances().getLast();
        return new Result(
                plan.corpus().seed(),
                begun,
                data,
                1000 * speech(models.getFirst()).features().secondsPerStep(),
                rows,
                data.resolve("wav").resolve(sample.id() + ".wav"),
                sample.transcript(),
                (System.nanoTime() - started) / 1e9);
    }

    private StepLatency time(List<Model> models, Corpus test) throws IOException {
        say("timing steps");
        FeatureExtractor features = new FeatureExtractor(speech(models.getFirst()).features());
        List<float[]> sequences = new ArrayList<>();
        for (Utterance utterance :
                test.utterances().subList(0, Math.min(TIMED_SEQUENCES, test.size()))) {
            sequences.add(features.extract(utterance.audio().load()));
        }
        StepLatency latency = new StepLatency(models, sequences);
        latency.run(plan.timing());
        latency.run(plan.timing());
        return latency;
    }

    private static SpeechTask speech(Model model) {
        return (SpeechTask) model.spec().task();
    }

    private Path folder(Entry entry) {
        return out.resolve(entry.folder());
    }

    private Path model(Entry entry) {
        return folder(entry).resolve("model.safetensors");
    }

    private void say(String message) {
        DemoRun.say(err, message);
    }
}
