package hlstm.trainer.run;

import hlstm.trainer.growth.GoodState;
import hlstm.trainer.growth.GrowAndPruneState.Phase;
import hlstm.trainer.growth.PolicyEvent;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The epochs of a run: training, scoring, a decision of grow-and-prune, a checkpoint. All that one
 * epoch hands to the next is in the checkpoint, so a run may end at any moment and go on from the
 * last one.
 */
final class TrainingLoop implements AutoCloseable {
    private final Recipe recipe;
    private final RunFolder folder;
    private final TrainingListener listener;
    private final CheckpointStore store;
    private final TrainingParts parts;
    private final TrainingState state;
    private final RunClock clock = new RunClock();
    private final EpochPace pace = new EpochPace();
    private EventLog log;
    private int savedEpoch;

    /** The matrices that the last rollback brought back: a cut may follow before it is logged. */
    private GateMatrices broughtBack;

    TrainingLoop(Recipe recipe, TrainingParts parts, RunFolder folder, TrainingListener listener) {
        this.recipe = recipe;
        this.folder = folder;
        this.listener = listener;
        this.parts = parts;
        store = new CheckpointStore(folder.checkpoints());
        state =
                new TrainingState(
                        store,
                        parts.network(),
                        parts.optimizer(),
                        parts.policy(),
                        recipe.growAndPrune(),
                        recipe.scores().getFirst(),
                        parts.selection(),
                        parts.patience(),
                        hash(parts.task()));
    }

    /** A digest of all that a run must be resumed with. */
    private static String hash(TrainingTask task) {
        Optional<InitialModel> trained = task.initialModel();
        if (trained.isEmpty()) {
            return task.dataHash();
        }
        StateDigest digest = new StateDigest();
        digest.text("data", task.dataHash());
        digest.text("initial model", trained.get().fingerprint());
        return digest.hex();
    }

    /** Trains from the beginning or the last checkpoint to the end. */
    void run() throws IOException {
        Optional<StateFile.StoredState> checkpoint = store.newest();
        if (checkpoint.isPresent()) {
            RunProgress progress = state.resume(checkpoint.get());
            savedEpoch = state.epoch();
            clock.start(progress.seconds(), state.epoch());
            log = EventLog.open(folder.events(), progress.eventBytes());
            emit(event(RunEvent.Kind.RESUME).message(resumption()));
            String elsewhere =
                    TrainingMachine.warning(
                            TrainingState.machine(checkpoint.get()),
                            TrainingMachine.ofThisProcess());
            if (elsewhere != null) {
                emit(event(RunEvent.Kind.WARNING).message(elsewhere));
            }
        } else {
            clock.start(0, 0);
            begin();
        }
        while (state.stopped() == null && parts.policy().phase() != Phase.DONE) {
            epoch();
        }
    }

    private String resumption() {
        String from = "went on after epoch %d".formatted(state.epoch());
        return store.damaged().isEmpty()
                ? from
                : "%s; passed over %s".formatted(from, String.join("; ", store.damaged()));
    }

    private void begin() throws IOException {
        log = EventLog.open(folder.events(), 0);
        Optional<InitialModel> trained = parts.task().initialModel();
        String how = parts.task().dataDescription() + "; " + TrainingMachine.ofThisProcess();
        Scores scores = null;
        List<PolicyEvent> changes;
        if (trained.isPresent()) {
            state.setRectifierSlope(trained.get().rectifierSlope());
            scores = score();
            changes = adopt(trained.get(), candidate(0, scores).cost());
            how += "; begins with " + trained.get().name() + ", " + text(scores);
        } else {
            // The structure first: weights are drawn to suit the connections that exist.
            changes = parts.policy().prepare();
            parts.network().initialise(RunSeeds.WEIGHTS.of(recipe));
            state.setRectifierSlope((float) recipe.rectifierSlope());
        }
        emit(event(RunEvent.Kind.START).matrices(parts.gates()).message(how));
        for (String warning : recipe.warnings()) {
            emit(event(RunEvent.Kind.WARNING).message(warning));
        }
        apply(changes);
        measureLatency();
        if (scores != null) {
            state.offer(candidate(0, scores));
        }
        checkpoint();
    }

    private List<PolicyEvent> adopt(InitialModel trained, double cost) {
        try {
            return parts.policy().adopt(cost);
        } catch (IllegalArgumentException e) {
            throw new RunException(
                    "%s: %s. Set growAndPrune.geometry to what 'hlstm inspect' says of the model, or begin with a dense one"
                            .formatted(trained.name(), e.getMessage()),
                    e);
        }
    }

    private Candidate candidate(int epoch, Scores scores) {
        return Candidate.of(
                epoch,
                parts.gates().weights(),
                parts.connections(),
                scores,
                recipe.scores(),
                state.latencyMicros());
    }

    private String text(Scores scores) {
        List<ScoreKind> kinds = recipe.scores();
        return kinds.get(0).text(scores.first()) + ", " + kinds.get(1).text(scores.second());
    }

    private void epoch() throws IOException {
        int epochs = recipe.training().epochs();
        int number = state.epoch() + 1;
        boolean evaluated =
                number % recipe.training().evaluationInterval() == 0
                        || number == epochs
                        || parts.policy().mayEndAfterEpoch();
        String phase = phase();
        EpochTrainer.Result result;
        pace.begin();
        try {
            result =
                    parts.trainer()
                            .train(
                                    state.epoch(),
                                    parts.patience().rateShare(),
                                    (done, batches, loss) ->
                                            listener.batch(
                                                    progress(
                                                            phase, done, batches, loss,
                                                            evaluated)));
        } catch (EpochTrainer.DivergedException e) {
            throw diverged(e.getMessage(), e);
        }
        pace.trained();
        state.epochDone();
        RunEvent.Builder event =
                event(RunEvent.Kind.EPOCH)
                        .loss(result.loss(), result.learningRate())
                        .size(parts.gates());
        double cost = Double.POSITIVE_INFINITY;
        if (evaluated) {
            listener.scoring();
            Scores scores = score();
            pace.scored();
            Candidate candidate = candidate(number, scores);
            cost = candidate.cost();
            event.scores(scores, recipe.scores());
            state.offer(candidate);
        }
        emit(event);
        List<PolicyEvent> changes = change(cost);
        apply(changes);
        if (changes.stream().anyMatch(TrainingLoop::changesStructure)) {
            measureLatency();
        }
        if (evaluated && parts.patience().isSpent(parts.selection().withoutGain())) {
            stop("no better score in %d evaluations".formatted(recipe.training().patience()));
        }
        checkpoint();
    }

    private TrainingListener.Progress progress(
            String phase, int done, int batches, double loss, boolean evaluated) {
        int epochs = recipe.training().epochs();
        double epochsDone = state.epoch() + pace.done((double) done / batches, evaluated);
        return new TrainingListener.Progress(
                state.epoch() + 1,
                epochs,
                phase,
                done,
                batches,
                epochsDone,
                loss,
                clock.left(epochsDone, epochs));
    }

    /** Latency depends on the structure, so it is measured when that has changed. */
    private static boolean changesStructure(PolicyEvent change) {
        return switch (change.type()) {
            case SEED, GROW, PRUNE, ROLL_BACK -> true;
            case SWAP_ACTIVATION, FINISH -> false;
        };
    }

    private void measureLatency() throws IOException {
        if (recipe.growAndPrune().hasGoal() && recipe.growAndPrune().goal().isLatency()) {
            CandidateLatency latency = CandidateLatency.measure(parts.task().inference());
            state.setLatency(latency.p50Micros());
            emit(
                    event(RunEvent.Kind.LATENCY)
                            .size(parts.gates())
                            .latency(latency.p50Micros())
                            .message(latency.text()));
        }
    }

    /** Whether the structure needs no more cuts for the goal. */
    private boolean isFastEnough() {
        return state.latencyMicros() != null
                && state.latencyMicros() <= recipe.growAndPrune().goal().value();
    }

    private Scores score() {
        try {
            return state.score(parts.task());
        } catch (IllegalArgumentException e) {
            throw diverged("training has diverged: " + e.getMessage(), e);
        }
    }

    private List<PolicyEvent> change(double cost) {
        try {
            return parts.policy()
                    .afterEpoch(
                            cost,
                            isFastEnough(),
                            new GoodState() {
                                @Override
                                public void keep() {
                                    state.keep();
                                }

                                @Override
                                public void restore() {
                                    state.restore();
                                    broughtBack = parts.gates();
                                }
                            });
        } catch (IllegalStateException e) {
            throw diverged(e.getMessage(), e);
        }
    }

    private RunException diverged(String what, RuntimeException cause) {
        return new RunException(
                ("%s. The checkpoint after epoch %d is intact: start a new run with a lower"
                                + " optimizer.learningRate or optimizer.clipNorm")
                        .formatted(what, savedEpoch),
                cause);
    }

    private void apply(List<PolicyEvent> changes) throws IOException {
        for (PolicyEvent change : changes) {
            switch (change.type()) {
                case SEED -> emit(RunEvent.Kind.SEED, change, parts.gates());
                case GROW -> emit(RunEvent.Kind.GROW, change, parts.gates());
                case PRUNE -> emit(RunEvent.Kind.PRUNE, change, parts.gates());
                case ROLL_BACK -> emit(RunEvent.Kind.ROLLBACK, change, broughtBack);
                case SWAP_ACTIVATION -> {
                    state.setRectifierSlope(0);
                    emit(
                            event(RunEvent.Kind.PHASE)
                                    .message("plain ReLU from here on: " + change.detail()));
                }
                case FINISH -> {
                    if (state.epoch() < recipe.training().epochs()) {
                        stop(change.detail());
                    }
                }
            }
        }
    }

    private void emit(RunEvent.Kind kind, PolicyEvent change, GateMatrices gates)
            throws IOException {
        emit(event(kind).matrices(gates).message(change.detail()));
    }

    private void stop(String reason) throws IOException {
        state.stop(reason);
        emit(event(RunEvent.Kind.STOP).message(reason));
    }

    /** Brings back a state that was kept, to be written as a model. */
    void bringBack(Candidate candidate) throws IOException {
        state.bringBack(candidate.epoch());
    }

    /** Logs the end of the run. */
    void end(Candidate chosen, String message) throws IOException {
        emit(
                event(RunEvent.Kind.END)
                        .scores(chosen.scores(recipe.scores()), recipe.scores())
                        .matrices(parts.gates())
                        .message(message));
    }

    /** Of the last structure, in microseconds; null if it was not measured. */
    Double latencyMicros() {
        return state.latencyMicros();
    }

    int epochs() {
        return state.epoch();
    }

    String stopped() {
        return state.stopped();
    }

    private RunEvent.Builder event(RunEvent.Kind kind) {
        return RunEvent.builder(kind, state.epoch(), phase(), clock.seconds());
    }

    private void emit(RunEvent.Builder builder) throws IOException {
        RunEvent event = builder.build();
        log.append(event);
        listener.event(event);
    }

    private void checkpoint() throws IOException {
        state.save(log.length(), clock.seconds());
        savedEpoch = state.epoch();
    }

    private String phase() {
        return recipe.growAndPrune().enabled()
                ? parts.policy().phase().name().toLowerCase(Locale.ROOT)
                : "train";
    }

    @Override
    public void close() throws IOException {
        if (log != null) {
            log.close();
        }
    }
}
