package hlstm.runtime;

import hlstm.sparse.Kernels;
import java.util.List;

/**
 * A model at work on one stream: its state and all the room it needs. Cheap beside the model; make
 * one for each stream. It may be handed from thread to thread, but used by one at a time; where
 * assertions are on, two at once are nearly always caught.
 *
 * <p>Steps are vectors of {@link ModelSpec#inputWidth()} floats in and {@link
 * ModelSpec#outputWidth()} floats out; a sequence holds them one after the other. {@link #step} and
 * {@link #run} allocate nothing once the compiler has taken the kernels, for which {@link
 * Model#warmUp} waits, save that {@code run} grows its room at the first sequence that is longer
 * than any before. They give the same bits; a run takes less time than as many steps, since it does
 * for many of them at once what does not wait for the state.
 *
 * <p>A model with a bidirectional layer needs whole sequences: it has no {@code step} and no state
 * to keep, and every {@code run} begins anew.
 *
 * <p>A model with a layer that {@linkplain ModelSpec#looksAhead looks ahead}, such as a
 * convolution, gives its outputs late, and in fewer steps where a convolution has a stride: {@code
 * step} says whether it has written one, and after the last step {@link #flush} writes the rest. A
 * {@code run} takes a whole sequence, gives {@link ModelSpec#outputSteps} steps, and leaves the
 * session at a beginning; both ways give the same bits.
 *
 * <p>A session that was made with a {@link ThreadTeam} shares its work with the team while no other
 * call does; it throws {@link IllegalStateException} once the team is closed. Outputs are the same
 * bits with and without a team.
 *
 * <p>Values are not looked at: a NaN or infinity in the input spreads to the units that depend on
 * it and shows in the outputs, from then on, until {@link #reset} or a restored state.
 */
public final class Session {
    /** Elements of the longest array that every virtual machine gives. */
    private static final int LONGEST_ROOM = Integer.MAX_VALUE - 8;

    private final ModelSpec spec;
    private final long fingerprint;
    private final PartRunner runner;
    private final LayerSpec[] specs;
    private final LayerSession[] layers;
    private final float[][] between;
    private final int inputWidth;
    private final int outputWidth;
    private final boolean bidirectional;
    private final boolean looksAhead;
    private final int stateLength;
    private final long[] layerNanos;
    private float[] evenSequence = new float[0];
    private float[] oddSequence = new float[0];
    private Thread user;

    /**
     * A session at the beginning of a stream.
     *
     * @param team threads to share the work with, or null
     */
    Session(
            ModelSpec spec,
            List<PackedLayer> packed,
            Kernels kernels,
            long fingerprint,
            ThreadTeam team) {
        this.spec = spec;
        runner = new PartRunner(team);
        this.fingerprint = fingerprint;
        inputWidth = spec.inputWidth();
        outputWidth = spec.outputWidth();
        bidirectional = spec.bidirectional();
        looksAhead = spec.looksAhead();
        layers =
                packed.stream()
                        .map(layer -> layer.newSession(kernels, runner))
                        .toArray(LayerSession[]::new);
        specs = spec.layers().toArray(LayerSpec[]::new);
        between = new float[layers.length - 1][];
        for (int n = 0; n < between.length; n++) {
            between[n] = new float[specs[n].outputWidth()];
        }
        int length = 0;
        for (LayerSession layer : layers) {
            length = Math.addExact(length, layer.stateLength());
        }
        stateLength = length;
        layerNanos = new long[layers.length];
    }

    /** The architecture of the model that is at work. */
    public ModelSpec spec() {
        return spec;
    }

    /**
     * Takes one step.
     *
     * @param in one input step
     * @param out takes one output step; another array than {@code in}
     * @return whether an output step was written: always, unless the model {@linkplain
     *     ModelSpec#looksAhead looks ahead}
     * @throws IllegalArgumentException if an array is not exactly a step long
     * @throws UnsupportedOperationException if the model is bidirectional
     */
    public boolean step(float[] in, float[] out) {
        if (in.length != inputWidth || out.length != outputWidth) {
            throw new IllegalArgumentException(
                    "step: expected arrays of %d inputs and %d outputs, found %d and %d"
                            .formatted(inputWidth, outputWidth, in.length, out.length));
        }
        return step(in, 0, out, 0);
    }

    /**
     * Takes one step between places of larger arrays, which must not overlap.
     *
     * @return whether an output step was written
     * @throws IllegalArgumentException if a step does not fit there
     * @throws UnsupportedOperationException if the model is bidirectional
     */
    public boolean step(float[] in, int inOffset, float[] out, int outOffset) {
        requireSteps("step");
        checkRoom(in, inOffset, out, outOffset, 1, 1);
        boolean shared = runner.begin();
        try {
            assert enter();
            try {
                return stepLayers(0, in, inOffset, out, outOffset);
            } finally {
                assert leave();
            }
        } finally {
            runner.end(shared);
        }
    }

    private void requireSteps(String what) {
        if (bidirectional) {
            throw new UnsupportedOperationException(
                    what + ": a bidirectional model needs the whole sequence; use run");
        }
    }

    /** Takes a step of the input of one layer through it and those behind it. */
    private boolean stepLayers(int first, float[] in, int inOffset, float[] out, int outOffset) {
        int last = layers.length - 1;
        float[] from = in;
        int fromOffset = inOffset;
        for (int n = first; n < last; n++) {
            if (!layers[n].step(from, fromOffset, between[n], 0)) {
                return false;
            }
            from = between[n];
            fromOffset = 0;
        }
        return layers[last].step(from, fromOffset, out, outOffset);
    }

    /**
     * Takes one step of the layers between the first, whose output is given, and the last; none of
     * them may wait for more input.
     *
     * @param in as the first layer gives it
     * @param out takes what the last layer reads, from {@code outOffset} on; null if nobody does
     */
    void stepBetween(float[] in, float[] out, int outOffset) {
        boolean shared = runner.begin();
        try {
            assert enter();
            try {
                float[] from = in;
                for (int n = 1; n < layers.length - 1; n++) {
                    layers[n].step(from, 0, between[n], 0);
                    from = between[n];
                }
                if (out != null) {
                    System.arraycopy(from, 0, out, outOffset, specs[specs.length - 1].inputWidth());
                }
            } finally {
                assert leave();
            }
        } finally {
            runner.end(shared);
        }
    }

    /**
     * Lets the last layer, which must have no state, read several steps at once.
     *
     * @param in as {@link #stepBetween} writes them, one after the other
     * @param out takes as many output steps
     */
    void runLast(float[] in, int steps, float[] out) {
        boolean shared = runner.begin();
        try {
            assert enter();
            try {
                layers[layers.length - 1].run(in, 0, steps, out, 0);
            } finally {
                assert leave();
            }
        } finally {
            runner.end(shared);
        }
    }

    /**
     * After the last {@link #step} of a sequence: writes the next of the output steps that waited
     * for more input, if there is one; call it until there is none. The session is then back at the
     * beginning of a sequence, as after {@link #reset}.
     *
     * @param out takes one output step
     * @return whether an output step was written
     * @throws IllegalArgumentException if the array is not exactly a step long
     * @throws UnsupportedOperationException if the model is bidirectional
     */
    public boolean flush(float[] out) {
        if (out.length != outputWidth) {
            throw new IllegalArgumentException(
                    "flush: expected an array of %d outputs, found %d"
                            .formatted(outputWidth, out.length));
        }
        return flush(out, 0);
    }

    /**
     * Writes the next output step that waited to a place of a larger array.
     *
     * @return whether an output step was written
     * @throws IllegalArgumentException if a step does not fit there
     * @throws UnsupportedOperationException if the model is bidirectional
     */
    public boolean flush(float[] out, int outOffset) {
        requireSteps("flush");
        if (outOffset < 0 || (long) outOffset + outputWidth > out.length) {
            throw tooShort("output", 1, outputWidth, outOffset, out.length);
        }
        boolean shared = runner.begin();
        try {
            assert enter();
            try {
                return flushLayers(out, outOffset);
            } finally {
                assert leave();
            }
        } finally {
            runner.end(shared);
        }
    }

    /** A layer gives what it has left before the one behind it does. */
    private boolean flushLayers(float[] out, int outOffset) {
        int last = layers.length - 1;
        for (int n = 0; n < last; n++) {
            while (layers[n].flush(between[n], 0)) {
                if (stepLayers(n + 1, between[n], 0, out, outOffset)) {
                    return true;
                }
            }
        }
        if (layers[last].flush(out, outOffset)) {
            return true;
        }
        resetLayers();
        return false;
    }

    /**
     * Takes a sequence of steps, from the present state on; a model that is bidirectional or looks
     * ahead takes it as a whole one.
     *
     * @param in at least {@code steps} input steps
     * @param steps number of steps; may be 0
     * @param out takes {@link ModelSpec#outputSteps} output steps: {@code steps}, unless there are
     *     convolutions; another array than {@code in}
     * @throws IllegalArgumentException if an array is too short
     */
    public void run(float[] in, int steps, float[] out) {
        run(in, 0, steps, out, 0);
    }

    /**
     * Takes a sequence of steps between places of larger arrays, which must not overlap.
     *
     * @throws IllegalArgumentException if the sequence does not fit there, or is too long for the
     *     room between the layers
     */
    public void run(float[] in, int inOffset, int steps, float[] out, int outOffset) {
        checkRoom(in, inOffset, out, outOffset, steps, outputSteps(steps));
        boolean shared = runner.begin();
        try {
            assert enter();
            try {
                makeRoom(steps);
                if (bidirectional || looksAhead) {
                    resetLayers();
                }
                runLayers(in, inOffset, steps, out, outOffset);
                if (looksAhead) {
                    resetLayers();
                }
            } finally {
                assert leave();
            }
        } finally {
            runner.end(shared);
        }
    }

    private int outputSteps(int steps) {
        int count = Math.max(0, steps);
        for (LayerSpec layer : specs) {
            count = layer.outputSteps(count);
        }
        return count;
    }

    private void runLayers(float[] in, int inOffset, int steps, float[] out, int outOffset) {
        int last = layers.length - 1;
        float[] from = in;
        int fromOffset = inOffset;
        int count = steps;
        long before = System.nanoTime();
        for (int n = 0; n < last; n++) {
            float[] to = n % 2 == 0 ? evenSequence : oddSequence;
            layers[n].run(from, fromOffset, count, to, 0);
            long now = System.nanoTime();
            layerNanos[n] = now - before;
            before = now;
            count = specs[n].outputSteps(count);
            from = to;
            fromOffset = 0;
        }
        layers[last].run(from, fromOffset, count, out, outOffset);
        layerNanos[last] = System.nanoTime() - before;
    }

    /**
     * Nanoseconds that the last {@link #run} spent in a layer; 0 before the first run.
     *
     * @param layer its number among {@link ModelSpec#layers()}
     * @throws IndexOutOfBoundsException if there is no such layer
     */
    public long layerNanos(int layer) {
        return layerNanos[layer];
    }

    /** Layers by turns write one of two sequences and read the other. */
    private void makeRoom(int steps) {
        long room = 0;
        int count = steps;
        for (int n = 0; n < layers.length - 1; n++) {
            count = specs[n].outputSteps(count);
            room = Math.max(room, count * (long) between[n].length);
        }
        if (room > LONGEST_ROOM) {
            throw new IllegalArgumentException(
                    "steps: expected a sequence that fits an array between any two layers, found %d steps, which need %d floats"
                                    .formatted(steps, room)
                            + "; run the sequence in parts, or take steps");
        }
        int needed = (int) room;
        if (layers.length > 1 && evenSequence.length < needed) {
            evenSequence = new float[needed];
        }
        if (layers.length > 2 && oddSequence.length < needed) {
            oddSequence = new float[needed];
        }
    }

    /**
     * Stored weights of gates that, in the last {@link #step}, multiplied a zero of a rectified
     * hidden layer: twice as many operations are the difference between counting those zeros and
     * not. Means nothing after {@link #run}.
     */
    public long idleWeights() {
        long idle = 0;
        for (LayerSession layer : layers) {
            idle += layer.idleWeights();
        }
        return idle;
    }

    /** Back to the beginning of a sequence: the state becomes zero. */
    public void reset() {
        assert enter();
        resetLayers();
        assert leave();
    }

    private void resetLayers() {
        for (LayerSession layer : layers) {
            layer.reset();
        }
    }

    /**
     * Floats of the state: for each recurrent layer h, then c; for each convolution the inputs that
     * it looks at, and where it stands.
     *
     * @throws UnsupportedOperationException if the model is bidirectional
     */
    public int stateLength() {
        if (bidirectional) {
            throw new UnsupportedOperationException(
                    "a bidirectional model takes whole sequences and has no state between them");
        }
        return stateLength;
    }

    /**
     * Copies the state to a place of an array; allocates nothing.
     *
     * @throws IllegalArgumentException if {@link #stateLength} floats do not fit there
     * @throws UnsupportedOperationException if the model is bidirectional
     */
    public void saveState(float[] to, int offset) {
        checkStateRoom(to, offset);
        assert enter();
        int at = offset;
        for (LayerSession layer : layers) {
            layer.save(to, at);
            at += layer.stateLength();
        }
        assert leave();
    }

    /**
     * Goes on from a state that a session of this model has saved; allocates nothing.
     *
     * @throws IllegalArgumentException if there are no {@link #stateLength} floats there
     * @throws UnsupportedOperationException if the model is bidirectional
     */
    public void restoreState(float[] from, int offset) {
        checkStateRoom(from, offset);
        assert enter();
        int at = offset;
        for (LayerSession layer : layers) {
            layer.restore(from, at);
            at += layer.stateLength();
        }
        assert leave();
    }

    /**
     * A copy of the state, to keep or to send.
     *
     * @throws UnsupportedOperationException if the model is bidirectional
     */
    public SessionState state() {
        float[] values = new float[stateLength()];
        saveState(values, 0);
        return new SessionState(fingerprint, values);
    }

    /**
     * Goes on from a state.
     *
     * @throws IllegalArgumentException if it is the state of another model
     * @throws UnsupportedOperationException if the model is bidirectional
     */
    public void restore(SessionState state) {
        if (state.model() != fingerprint || state.length() != stateLength()) {
            throw new IllegalArgumentException(
                    "expected a state of model %016x with %d values, found one of %016x with %d"
                            .formatted(fingerprint, stateLength(), state.model(), state.length()));
        }
        restoreState(state.values(), 0);
    }

    private void checkStateRoom(float[] values, int offset) {
        if (offset < 0 || (long) offset + stateLength() > values.length) {
            throw new IllegalArgumentException(
                    "state: expected %d floats from %d on, found an array of %d"
                            .formatted(stateLength(), offset, values.length));
        }
    }

    private void checkRoom(
            float[] in, int inOffset, float[] out, int outOffset, int steps, int outputSteps) {
        if (steps < 0) {
            throw new IllegalArgumentException("steps: expected 0 or more, found " + steps);
        }
        long inEnd = inOffset + (long) steps * inputWidth;
        long outEnd = outOffset + (long) outputSteps * outputWidth;
        if (inOffset < 0 || inEnd > in.length) {
            throw tooShort("input", steps, inputWidth, inOffset, in.length);
        }
        if (outOffset < 0 || outEnd > out.length) {
            throw tooShort("output", outputSteps, outputWidth, outOffset, out.length);
        }
        if (in == out && inOffset < outEnd && outOffset < inEnd) {
            throw new IllegalArgumentException(
                    "input [%d, %d) and output [%d, %d) overlap in one array"
                            .formatted(inOffset, inEnd, outOffset, outEnd));
        }
    }

    private static IllegalArgumentException tooShort(
            String what, int steps, int width, int offset, int length) {
        return new IllegalArgumentException(
                "%s: expected room for %d steps of %d floats from %d on, found an array of %d"
                        .formatted(what, steps, width, offset, length));
    }

    /** Notes who uses the session; not synchronised, so that it costs nothing to speak of. */
    private boolean enter() {
        Thread now = Thread.currentThread();
        Thread other = user;
        if (other != null && other != now) {
            throw new AssertionError(
                    "a session belongs to one thread at a time: %s uses it, %s came in between"
                            .formatted(other, now));
        }
        user = now;
        return true;
    }

    private boolean leave() {
        user = null;
        return true;
    }
}
