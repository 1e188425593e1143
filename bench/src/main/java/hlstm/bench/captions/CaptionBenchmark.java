package hlstm.bench.captions;

import hlstm.bench.CaptionStack;
import hlstm.bench.LaneBlocks;
import hlstm.bench.Progress;
import hlstm.bench.RandomArrays;
import hlstm.bench.RandomModels;
import hlstm.bench.comparison.Entrant;
import hlstm.bench.comparison.Turns;
import hlstm.bench.peers.Contender;
import hlstm.bench.peers.HlstmCaptionPeer;
import hlstm.bench.peers.OnnxCaptionPeer;
import hlstm.bench.peers.Peer;
import hlstm.bench.peers.PeerCase;
import hlstm.bench.peers.PeerUnavailableException;
import hlstm.runtime.CaptioningTask;
import hlstm.runtime.ModelBuilder;
import hlstm.runtime.search.BeamSettings;
import hlstm.trainer.machine.Machine;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Times whole captions, and the recurrent step within them, of the sparse H-LSTM and of the dense
 * stack that it stands in for, here and in ONNX Runtime. All take turns in one run, on one thread.
 * Weights are random, and captions as long as they may be, so that all do the same work.
 */
final class CaptionBenchmark {
    /** The H-LSTM with an output layer as sparse as its gates, in the same blocks of rows. */
    private static final String SPARSE_OUTPUT = "hlstm, sparse output";

    private static final double OUTPUT_DENSITY = 0.05;
    private static final List<Integer> BEAMS = List.of(1, 2);
    private static final int INPUTS = 16;
    private static final long SEED = 7;

    /** Published weights, and the width of the layers. */
    private static final PeerCase STEP = PeerCase.APPLICATIONS.getFirst();

    private final int words;
    private final int length;
    private final int features;
    private final Duration warmUp;
    private final Duration time;
    private final Consumer<String> progress;

    /**
     * A benchmark.
     *
     * @param words that the networks know
     * @param length words of a caption
     * @param features of an image
     * @param warmUp of each row, not measured
     * @param time measured of each row
     * @param progress gets a line now and then
     */
    CaptionBenchmark(
            int words,
            int length,
            int features,
            Duration warmUp,
            Duration time,
            Consumer<String> progress) {
        this.words = words;
        this.length = length;
        this.features = features;
        this.warmUp = warmUp;
        this.time = time;
        this.progress = progress;
    }

    private interface Loader {
        Peer load() throws PeerUnavailableException, IOException;
    }

    /** What is timed: what a run is, and by which runtime. */
    private record Row(String run, String runtime, Entrant entrant) {}

    /**
     * Times everything.
     *
     * @throws IOException if there is no room for temporary files
     */
    CaptionResult run() throws IOException {
        List<Row> rows = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        try {
            load(rows, missing);
            List<Entrant> entrants = rows.stream().map(Row::entrant).toList();
            Turns.take(entrants, warmUp, new Progress("captions, warm-up", progress));
            entrants.forEach(Entrant::clear);
            Turns.take(entrants, time, new Progress("captions", progress));
            return new CaptionResult(
                    Machine.here(),
                    words,
                    length,
                    features,
                    rows.stream()
                            .map(row -> CaptionRow.of(row.run, row.runtime, row.entrant))
                            .toList(),
                    missing);
        } finally {
            rows.forEach(row -> row.entrant.close());
        }
    }

    private void load(List<Row> rows, List<String> missing) throws IOException {
        CaptioningTask task = CaptionStack.task(features, words);
        CaptionStack stack = CaptionStack.random(task, STEP.width(), STEP.lstmLayers(), SEED);
        float[][] steps = inputs(STEP.inputWidth());
        for (Contender contender :
                List.of(
                        Contender.HLSTM,
                        Contender.HLSTM_DENSE,
                        Contender.ONNX_FLOAT32,
                        Contender.ONNX_INT8)) {
            add(
                    rows,
                    missing,
                    "recurrent step",
                    contender.label(),
                    steps,
                    () -> contender.load(STEP, stack.layers(), 1));
        }
        float[][] images = inputs(features);
        for (int width : BEAMS) {
            BeamSettings beam = new BeamSettings(width, 0);
            String run = "caption, beam " + width;
            add(
                    rows,
                    missing,
                    run,
                    Contender.HLSTM.label(),
                    images,
                    () -> new HlstmCaptionPeer(hlstm(task, 1), beam, length));
            add(
                    rows,
                    missing,
                    run,
                    SPARSE_OUTPUT,
                    images,
                    () -> new HlstmCaptionPeer(hlstm(task, OUTPUT_DENSITY), beam, length));
            add(
                    rows,
                    missing,
                    run,
                    Contender.HLSTM_DENSE.label(),
                    images,
                    () -> new HlstmCaptionPeer(stack.model(), beam, length));
            add(
                    rows,
                    missing,
                    run,
                    Contender.ONNX_FLOAT32.label(),
                    images,
                    () -> OnnxCaptionPeer.float32(stack, beam, length));
            add(
                    rows,
                    missing,
                    run,
                    Contender.ONNX_INT8.label(),
                    images,
                    () -> OnnxCaptionPeer.int8(stack, beam, length));
        }
    }

    private static ModelBuilder hlstm(CaptioningTask task, double outputDensity) {
        return RandomModels.captioner(
                        task,
                        STEP.width(),
                        LaneBlocks.ofThisMachine(),
                        STEP.hlstmWeights(),
                        outputDensity)
                .bias("layers.2.bias", CaptionStack.endlessBias(task));
    }

    private void add(
            List<Row> rows,
            List<String> missing,
            String run,
            String runtime,
            float[][] inputs,
            Loader loader)
            throws IOException {
        progress.accept("%s: loading %s".formatted(run, runtime));
        try {
            Entrant entrant = new Entrant(runtime, 1, loader.load(), inputs);
            rows.add(new Row(run, runtime, entrant));
        } catch (PeerUnavailableException e) {
            missing.add("%s, %s: %s".formatted(run, runtime, e.getMessage()));
        }
    }

    private static float[][] inputs(int width) {
        float[][] inputs = new float[INPUTS][];
        for (int k = 0; k < inputs.length; k++) {
            inputs[k] = RandomArrays.gaussian(width, SEED + k);
        }
        return inputs;
    }
}
