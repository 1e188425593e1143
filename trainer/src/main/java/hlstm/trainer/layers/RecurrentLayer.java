package hlstm.trainer.layers;

import hlstm.runtime.CellSpec;
import hlstm.runtime.Directions;
import hlstm.runtime.RecurrentSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A layer of LSTM or H-LSTM cells, in one direction or in both, see {@link Directions}. Gate hidden
 * layers may have dropout.
 *
 * <p>Parameters are named {@code <name>.forward.gates...} and {@code <name>.backward.gates...}, see
 * {@link CellSpec#matrices()}, with one bias {@code gates.<level>.bias} a level. Any of the
 * matrices may be {@linkplain Parameter#restructure given a pattern} between batches.
 *
 * <p>A pass has phases that the workers share: what does not depend on the previous step is done
 * for all steps at once (the input half of level 0, the gradients of weights and of the input), and
 * the recurrent loops run as one task for each direction and shard of lanes.
 */
public final class RecurrentLayer implements Layer {
    /** Steps of a task where steps are independent. */
    private static final int TASK_STEPS = 16;

    /** Rows of a task of the weight gradients. */
    private static final int TASK_ROWS = 256;

    private record GradientTask(
            int direction, int level, CellWeights.Entry entry, int fromRow, int toRow) {}

    private final String name;
    private final CellSpec spec;
    private final Directions mode;
    private final float dropout;
    private float rectifierSlope;
    private final List<CellWeights> directions = new ArrayList<>();
    private final List<GradientTask> gradientTasks = new ArrayList<>();
    private final List<WeightMatrix> matrices = new ArrayList<>();
    private final List<Parameter> parameters = new ArrayList<>();

    /** Shards by lanes, the directions of the same lanes one behind the other. */
    private final List<CellShard> shards = new ArrayList<>();

    private final List<CellGradients> gradients = new ArrayList<>();
    private int shardsInUse;
    private SequenceBlock input;
    private final SequenceBlock output = new SequenceBlock();
    private final SequenceBlock inputGradient = new SequenceBlock();

    /**
     * A layer of dense matrices of zeros; see {@link #initialise}.
     *
     * @param name the layer's name within the network, such as {@code layers.0}
     * @param spec the cell of each direction; its slope is the initial {@link #rectifierSlope()}
     * @param dropout rate of dropout on the gate hidden layers in training, in [0, 1)
     */
    public RecurrentLayer(String name, CellSpec spec, Directions mode, float dropout) {
        DropoutMask.checkRate(dropout);
        this.name = name;
        this.spec = spec;
        this.mode = mode;
        this.dropout = dropout;
        this.rectifierSlope = spec.rectifierSlope();
        directions.add(new CellWeights(name + ".forward.", spec));
        if (mode.both()) {
            directions.add(new CellWeights(name + ".backward.", spec));
        }
        for (int direction = 0; direction < directions.size(); direction++) {
            CellWeights weights = directions.get(direction);
            parameters.addAll(weights.parameters());
            for (CellWeights.Entry entry : weights.entries()) {
                matrices.add(entry.weights());
                addGradientTasks(direction, entry.place().level(), entry, entry.place().rows());
            }
            for (int level = 0; level < spec.levels(); level++) {
                addGradientTasks(direction, level, null, spec.levelWidth(level));
            }
        }
    }

    private void addGradientTasks(int direction, int level, CellWeights.Entry entry, int rows) {
        for (int row = 0; row < rows; row += TASK_ROWS) {
            gradientTasks.add(
                    new GradientTask(
                            direction, level, entry, row, Math.min(rows, row + TASK_ROWS)));
        }
    }

    /**
     * A layer in one direction or in both, whose outputs are summed; otherwise as {@link
     * #RecurrentLayer(String, CellSpec, Directions, float)}.
     */
    public RecurrentLayer(String name, CellSpec spec, boolean bidirectional, float dropout) {
        this(name, spec, bidirectional ? Directions.SUMMED : Directions.FORWARD, dropout);
    }

    /** The layer as it is now, with the current slope of the rectifier. */
    public RecurrentSpec spec() {
        return new RecurrentSpec(
                new CellSpec(
                        spec.inputWidth(),
                        spec.width(),
                        spec.hiddenWidths(),
                        spec.sharedHidden(),
                        rectifierSlope),
                mode);
    }

    /** The weights of the forward and, if there is one, of the backward direction. */
    List<CellWeights> directions() {
        return directions;
    }

    /** Slope of the rectifier of the gate hidden layers on negative values. */
    public float rectifierSlope() {
        return rectifierSlope;
    }

    /** Changes the rectifier: a small slope while connections grow, 0 (ReLU) from then on. */
    public void setRectifierSlope(float slope) {
        if (!(slope >= 0 && slope < 1)) {
            throw new IllegalArgumentException(
                    "the rectifier's slope must lie in [0, 1), found " + slope);
        }
        rectifierSlope = slope;
    }

    @Override
    public int inputWidth() {
        return spec.inputWidth();
    }

    @Override
    public int outputWidth() {
        return mode.outputWidth(spec.width());
    }

    @Override
    public List<Parameter> parameters() {
        return List.copyOf(parameters);
    }

    @Override
    public void initialise(RandomGenerator random) {
        directions.forEach(weights -> weights.initialise(random));
    }

    @Override
    public SequenceBlock forward(SequenceBlock input, Pass pass) {
        ShapeChecks.checkInput(name, spec.inputWidth(), input);
        this.input = input;
        output.reshape(input.steps(), outputWidth(), input.lanes(), input.lengths());
        reshapeShards(input);
        pass.workers().run(matrices.size(), k -> matrices.get(k).refresh());
        overSteps(pass, (shard, from, to) -> shard.inputHalf(input, from, to, pass.kernels()));
        pass.workers().run(shardsInUse, k -> shards.get(k).forward(rectifierSlope, dropout, pass));
        overSteps(pass, (shard, from, to) -> shard.addOutput(output, from, to));
        return output;
    }

    private void reshapeShards(SequenceBlock batch) {
        shardsInUse = CellShard.countOf(batch.lanes()) * directions.size();
        while (shards.size() < shardsInUse) {
            int direction = shards.size() % directions.size();
            int number = shards.size() / directions.size();
            int stream = dropoutStream(name, direction);
            int firstOutput = direction == 1 ? mode.backwardOffset(spec.width()) : 0;
            CellShard shard =
                    new CellShard(
                            directions.get(direction), direction == 1, stream, number, firstOutput);
            shards.add(shard);
            gradients.add(new CellGradients(shard));
        }
        for (int k = 0; k < shardsInUse; k++) {
            shards.get(k).reshape(batch);
        }
    }

    /** Tells apart what the directions of layers drop. */
    static int dropoutStream(String name, int direction) {
        return (name + direction).hashCode();
    }

    /** Work on some steps of a shard. */
    @FunctionalInterface
    private interface StepsWork {
        void run(CellShard shard, int fromStep, int toStep);
    }

    /** Does something for all steps of every shard; one task does all shards of its steps. */
    private void overSteps(Pass pass, StepsWork work) {
        int tasks = (output.steps() + TASK_STEPS - 1) / TASK_STEPS;
        pass.workers()
                .run(
                        tasks,
                        task -> {
                            int from = task * TASK_STEPS;
                            for (int k = 0; k < shardsInUse; k++) {
                                CellShard shard = shards.get(k);
                                int to = Math.min(shard.steps(), from + TASK_STEPS);
                                if (from < to) {
                                    work.run(shard, from, to);
                                }
                            }
                        });
    }

    /**
     * {@inheritDoc} Overwrites activations, so each forward pass has one backward pass.
     *
     * @throws IllegalArgumentException if the gradient is not of the output's shape
     * @throws IllegalStateException without a forward pass before
     */
    @Override
    public SequenceBlock backward(
            SequenceBlock outputGradient, boolean inputGradientWanted, Pass pass) {
        ShapeChecks.checkBackward(name, input, output, outputGradient);
        SequenceBlock x = input;
        input = null;
        Workers workers = pass.workers();
        workers.run(matrices.size(), k -> matrices.get(k).refreshTranspose());
        workers.run(
                shardsInUse,
                k -> gradients.get(k).throughTime(outputGradient, rectifierSlope, dropout, pass));
        workers.run(gradientTasks.size(), k -> addGradients(gradientTasks.get(k), x, pass));
        if (!inputGradientWanted) {
            return null;
        }
        inputGradient.reshape(x.steps(), spec.inputWidth(), x.lanes(), x.lengths());
        int tasks = (x.steps() + TASK_STEPS - 1) / TASK_STEPS;
        workers.run(tasks, task -> addInputGradient(task, pass));
        return inputGradient;
    }

    private void addGradients(GradientTask task, SequenceBlock x, Pass pass) {
        for (int k = task.direction(); k < shardsInUse; k += directions.size()) {
            if (task.entry() == null) {
                gradients
                        .get(k)
                        .addBiasGradient(
                                task.level(), task.fromRow(), task.toRow(), pass.kernels());
            } else {
                gradients
                        .get(k)
                        .addWeightGradient(
                                task.entry(), task.fromRow(), task.toRow(), x, pass.kernels());
            }
        }
    }

    private void addInputGradient(int task, Pass pass) {
        for (int k = 0; k < shardsInUse; k++) {
            int end = Math.min(shards.get(k).steps(), (task + 1) * TASK_STEPS);
            int from = task * TASK_STEPS;
            if (from < end) {
                gradients.get(k).inputGradient(inputGradient, from, end, pass.kernels());
            }
        }
    }
}
