package hlstm.trainer.run;

import hlstm.runtime.Model;
import hlstm.runtime.ModelSpec;
import hlstm.runtime.Session;
import hlstm.runtime.SpeechTask;
import hlstm.runtime.decode.Alphabet;
import hlstm.trainer.layers.SequenceBlock;
import hlstm.trainer.layers.Workers;
import java.util.ArrayList;
import java.util.List;

/**
 * A trained recogniser that another learns from: says what it hears in a batch. Belongs to one
 * training loop at a time.
 */
public final class Teacher {
    private final Model model;
    private final String name;

    /** One for each lane, so that lanes may be heard at the same time. */
    private final List<Ear> ears = new ArrayList<>();

    private final SequenceBlock logits = new SequenceBlock();

    /** A session with the memory for an utterance. */
    private static final class Ear {
        private final Session session;
        private float[] in = new float[0];
        private float[] out = new float[0];

        Ear(Session session) {
            this.session = session;
        }

        void reserve(int inputs, int outputs) {
            in = in.length < inputs ? new float[inputs] : in;
            out = out.length < outputs ? new float[outputs] : out;
        }
    }

    /**
     * A teacher.
     *
     * @param model whose features, symbols and steps are those of the recipe that is to learn
     * @param name of the model for messages, such as its file's
     * @throws RunException if they are not
     */
    public Teacher(Model model, String name, SpeechRecipe recipe) {
        this.model = model;
        this.name = name;
        if (!(model.spec().task() instanceof SpeechTask task)) {
            throw new RunException(
                    "%s cannot teach a recogniser, it is for %s: name a model that 'hlstm train speech' made"
                            .formatted(name, model.spec().task().kind()));
        }
        if (!task.features().equals(recipe.features())) {
            throw new RunException(
                    "%s hears other features than the recipe: expected %s, found %s; train with the features of the teacher"
                            .formatted(name, recipe.features(), task.features()));
        }
        if (!task.alphabet().equals(Alphabet.of(recipe.alphabet()))) {
            throw new RunException(
                    "%s writes other symbols than the recipe's '%s': train with the alphabet of the teacher"
                            .formatted(name, recipe.alphabet()));
        }
    }

    /** The model's digest. */
    String fingerprint() {
        return Long.toHexString(model.fingerprint());
    }

    /** What teaches, for people: models keep it, and say nothing of files. */
    String description() {
        return "taught by a model of the recipe %s, fingerprint %s"
                .formatted(model.provenance().getOrDefault("recipe", "unknown"), fingerprint());
    }

    /**
     * The logits of all utterances of a batch; valid until the next call.
     *
     * @param input features, an utterance a lane
     * @param student logits of the network that learns, whose steps must be as many
     * @throws RunException if they are not
     */
    SequenceBlock listen(SequenceBlock input, SequenceBlock student, Workers workers) {
        ModelSpec spec = model.spec();
        int[] lengths = input.lengths();
        for (int lane = 0; lane < lengths.length; lane++) {
            int steps = spec.outputSteps(lengths[lane]);
            if (steps != student.length(lane)) {
                throw new RunException(
                        "%s makes %d steps of %d, the network that is to learn from it %d: their strides over time must be the same"
                                .formatted(name, steps, lengths[lane], student.length(lane)));
            }
            lengths[lane] = steps;
        }
        while (ears.size() < input.lanes()) {
            ears.add(new Ear(model.newSession()));
        }
        logits.reshape(student.steps(), spec.outputWidth(), input.lanes(), lengths);
        workers.run(input.lanes(), lane -> listen(input, lane));
        return logits;
    }

    private void listen(SequenceBlock input, int lane) {
        int steps = input.length(lane);
        if (steps == 0) {
            return;
        }
        Ear ear = ears.get(lane);
        ear.reserve(steps * input.features(), logits.length(lane) * logits.features());
        for (int step = 0; step < steps; step++) {
            for (int feature = 0; feature < input.features(); feature++) {
                ear.in[step * input.features() + feature] =
                        input.data()[input.offset(step, feature) + lane];
            }
        }
        ear.session.reset();
        ear.session.run(ear.in, 0, steps, ear.out, 0);
        for (int step = 0; step < logits.length(lane); step++) {
            for (int symbol = 0; symbol < logits.features(); symbol++) {
                logits.data()[logits.offset(step, symbol) + lane] =
                        ear.out[step * logits.features() + symbol];
            }
        }
    }
}
