package hlstm.trainer.run;

import hlstm.trainer.growth.GoodState;
import hlstm.trainer.growth.GrowAndPrune;
import hlstm.trainer.layers.Trainable;
import hlstm.trainer.optim.Optimizer;
import hlstm.trainer.optim.WeightAverage;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * All that one epoch of a run hands to the next, and its way through checkpoints: the network, the
 * optimiser, grow-and-prune with its last good state, and the best networks so far.
 */
final class TrainingState implements GoodState {
    private static final String PROGRESS = "progress";
    private static final String SLOPE = "rectifierSlope";
    private static final String REDUCTIONS = "rateReductions";
    private static final String MACHINE = "machine";
    private static final String LATENCY = "latencyMicros";

    private final CheckpointStore store;
    private final Trainable network;
    private final Optimizer optimizer;
    private final GrowAndPrune policy;
    private final GrowAndPruneSettings structure;
    private final ScoreKind score;
    private final ModelSelection selection;
    private final Patience patience;
    private final String dataHash;

    private int epoch;
    private float rectifierSlope;
    private int goodEpoch = -1;
    private int keptEpoch = -1;
    private String stopped;
    private Double latencyMicros;

    TrainingState(
            CheckpointStore store,
            Trainable network,
            Optimizer optimizer,
            GrowAndPrune policy,
            GrowAndPruneSettings structure,
            ScoreKind score,
            ModelSelection selection,
            Patience patience,
            String dataHash) {
        this.store = store;
        this.network = network;
        this.optimizer = optimizer;
        this.policy = policy;
        this.structure = structure;
        this.score = score;
        this.selection = selection;
        this.patience = patience;
        this.dataHash = dataHash;
    }

    /** Epochs done. */
    int epoch() {
        return epoch;
    }

    void epochDone() {
        epoch++;
    }

    /** Changes the gates' rectifier. */
    void setRectifierSlope(float slope) {
        rectifierSlope = slope;
        network.setRectifierSlope(slope);
    }

    /** The latency of the structure as it is, in microseconds; null if it is not measured. */
    Double latencyMicros() {
        return latencyMicros;
    }

    void setLatency(double micros) {
        latencyMicros = micros;
    }

    /** Why training ended before its last epoch; null if it did not. */
    String stopped() {
        return stopped;
    }

    void stop(String reason) {
        stopped = reason;
    }

    /** Scores the network: its averaged weights, where there are any. */
    Scores score(TrainingTask task) {
        WeightAverage.exchange(network.parameters());
        Scores scores = task.score();
        WeightAverage.exchange(network.parameters());
        return scores;
    }

    /** Offers the network as it is now to the selection, and keeps it if it is among the best. */
    void offer(Candidate candidate) {
        boolean eligible = structure.isCompact(candidate, score, policy.state());
        if (selection.offer(candidate, eligible)) {
            keepState();
        }
    }

    @Override
    public void keep() {
        keepState();
        goodEpoch = epoch;
    }

    /** Kept states have the network to use, which is the averaged one, in the weights' place. */
    private void keepState() {
        if (keptEpoch != epoch) {
            WeightAverage.exchange(network.parameters());
            store.keep(epoch, network, Map.of(SLOPE, Float.toString(rectifierSlope)));
            WeightAverage.exchange(network.parameters());
            keptEpoch = epoch;
        }
    }

    @Override
    public void restore() {
        try {
            bringBack(goodEpoch);
            WeightAverage.exchange(network.parameters());
        } catch (IOException e) {
            throw new RunException(
                    "cannot bring back the last good state: %s. Continue with --resume"
                            .formatted(e.getMessage()),
                    e);
        }
    }

    /** Brings back the network as it was scored and kept after an epoch. */
    void bringBack(int kept) throws IOException {
        restore(store.kept(kept));
    }

    private void restore(StateFile.StoredState state) throws IOException {
        state.restore(network.parameters(), network.state());
        setRectifierSlope(Float.parseFloat(state.note(SLOPE)));
    }

    /**
     * Writes a checkpoint.
     *
     * @param eventBytes length of the log
     * @param seconds of training
     */
    void save(long eventBytes, double seconds) throws IOException {
        RunProgress progress =
                new RunProgress(
                        epoch,
                        optimizer.steps(),
                        policy.state(),
                        goodEpoch,
                        selection.accurate(),
                        selection.compact(),
                        selection.withoutGain(),
                        stopped,
                        eventBytes,
                        seconds,
                        dataHash);
        Map<String, String> notes = new HashMap<>();
        notes.put(PROGRESS, progress.toJson());
        notes.put(SLOPE, Float.toString(rectifierSlope));
        notes.put(REDUCTIONS, Integer.toString(patience.reductions()));
        notes.put(MACHINE, TrainingMachine.ofThisProcess());
        if (latencyMicros != null) {
            notes.put(LATENCY, latencyMicros.toString());
        }
        store.save(epoch, network, notes, progress.keptEpochs());
    }

    /** Where a checkpoint was made; null if an earlier version made it. */
    static String machine(StateFile.StoredState checkpoint) {
        return checkpoint.note(MACHINE);
    }

    /**
     * Goes on from a checkpoint.
     *
     * @return where the run stood
     * @throws RunException if it was trained on other data or began with another model
     */
    RunProgress resume(StateFile.StoredState checkpoint) throws IOException {
        RunProgress progress = RunProgress.fromJson(checkpoint.note(PROGRESS), checkpoint.file());
        if (!progress.dataHash().equals(dataHash)) {
            throw new RunException(
                    ("the run was trained on other data, or began with another model: %s notes the"
                                    + " hash %s, what is given has %s. Give the same data and model,"
                                    + " or start a new run")
                            .formatted(checkpoint.file(), progress.dataHash(), dataHash));
        }
        restore(checkpoint);
        epoch = progress.epoch();
        optimizer.setSteps(progress.steps());
        policy.resume(progress.policy());
        goodEpoch = progress.goodEpoch();
        selection.resume(progress.accurate(), progress.compact(), progress.withoutGain());
        String reductions = checkpoint.note(REDUCTIONS);
        // Checkpoints of earlier versions have no such note.
        patience.resume(reductions == null ? 0 : Integer.parseInt(reductions));
        String latency = checkpoint.note(LATENCY);
        latencyMicros = latency == null ? null : Double.valueOf(latency);
        stopped = progress.stopped();
        store.discardAfter(epoch);
        return progress;
    }
}
