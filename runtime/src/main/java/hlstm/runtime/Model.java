package hlstm.runtime;

import hlstm.sparse.KernelProviders;
import hlstm.sparse.Kernels;
import hlstm.sparse.ProviderReport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * A trained network with its weights laid out for the kernels of this process. Immutable and safe
 * to share among threads; a {@link Session} runs it on one stream.
 *
 * <pre>{@code
 * Model model = Model.load(Path.of("digits.safetensors"));
 * Session session = model.newSession();
 * float[] in = new float[model.spec().inputWidth()];
 * float[] out = new float[model.spec().outputWidth()];
 * while (source.fill(in)) {
 *     session.step(in, out);
 *     sink.accept(out);
 * }
 * }</pre>
 */
public final class Model {
    private final ModelSpec spec;
    private final Map<String, String> provenance;
    private final Kernels kernels;
    private final PackedModel packed;
    private final List<MatrixReport> matrices;
    private final long fingerprint;
    private final OptionalLong fileBytes;

    /** Packs checked weights. */
    Model(ModelFile content, long fingerprint, Kernels kernels, OptionalLong fileBytes) {
        spec = content.spec();
        provenance = Collections.unmodifiableMap(new TreeMap<>(content.provenance()));
        this.fingerprint = fingerprint;
        this.kernels = kernels;
        this.fileBytes = fileBytes;
        content.weights().matrices().values().forEach(kernels::prepare);
        packed = PackedModel.pack(spec, content.weights());
        matrices = reports(spec, content.weights());
    }

    private static List<MatrixReport> reports(ModelSpec spec, Weights weights) {
        List<MatrixReport> reports = new ArrayList<>();
        for (int n = 0; n < spec.layers().size(); n++) {
            long products = PackedModel.isLookup(spec, n) ? 0 : spec.products(n);
            for (TensorSpec tensor : spec.layers().get(n).matrices()) {
                String name = tensor.within(ModelSpec.layerName(n)).name();
                reports.add(MatrixReport.of(name, weights.matrix(name), products));
            }
        }
        for (TensorSpec tensor : spec.task().matrices()) {
            reports.add(MatrixReport.of(tensor.name(), weights.matrix(tensor.name()), 1));
        }
        return List.copyOf(reports);
    }

    /**
     * Loads a model, checks all of it, its digest included, and checks that the kernels of this
     * process give the output that is stored in it.
     *
     * @throws ModelFormatException if the file is not a model that can be run; the message says
     *     what is wrong
     * @throws IOException if the file cannot be read
     */
    public static Model load(Path file) throws IOException {
        return load(file, KernelProviders.get());
    }

    /**
     * Loads a model for given kernels.
     *
     * @throws ModelFormatException if the file is not a model that can be run; the message says
     *     what is wrong
     * @throws IOException if the file cannot be read
     */
    public static Model load(Path file, Kernels kernels) throws IOException {
        StoredModel stored = StoredModel.read(file);
        Model model =
                new Model(
                        stored.content(),
                        stored.fingerprint(),
                        kernels,
                        OptionalLong.of(stored.fileBytes()));
        String fault = stored.content().golden().fault(model.spec, kernels, model.packed::newRun);
        if (fault != null) {
            throw new ModelFormatException(
                    "%s: self-check with the %s kernels: %s"
                            .formatted(file, kernels.report().provider(), fault));
        }
        return model;
    }

    /** The architecture. */
    public ModelSpec spec() {
        return spec;
    }

    /** Where the weights come from: free strings on the training run, sorted by key. */
    public Map<String, String> provenance() {
        return provenance;
    }

    /** The weight matrices in figures, in stored order. */
    public List<MatrixReport> matrices() {
        return matrices;
    }

    /** Stored weights of all matrices, without biases. */
    public long weights() {
        return matrices.stream().mapToLong(MatrixReport::weights).sum();
    }

    /** Stored weights of the gates of all recurrent layers, without biases. */
    public long recurrentWeights() {
        long weights = 0;
        int next = 0;
        for (LayerSpec layer : spec.layers()) {
            int end = next + layer.matrices().size();
            if (layer instanceof RecurrentSpec) {
                weights +=
                        matrices.subList(next, end).stream().mapToLong(MatrixReport::weights).sum();
            }
            next = end;
        }
        return weights;
    }

    /** Biases of all layers. */
    public long biases() {
        return spec.biases().stream().mapToLong(TensorSpec::rows).sum();
    }

    /**
     * Floating-point operations of the matrix products of an output step: two a stored weight, in
     * convolutions for each bin. Words are looked up, so the first layer of a captioning model has
     * none.
     */
    public long flopsPerStep() {
        return matrices.stream().mapToLong(MatrixReport::flopsPerStep).sum();
    }

    /** Length of the file in bytes; empty for a model that was built and not loaded. */
    public OptionalLong fileBytes() {
        return fileBytes;
    }

    /**
     * A number that tells models apart, the same on every machine: the first 64 bits of a digest of
     * the architecture and of all stored weights and biases. The provenance does not count.
     */
    public long fingerprint() {
        return fingerprint;
    }

    /** The first layer of a captioning model. */
    LookupTable lookupTable() {
        return (LookupTable) packed.layers().getFirst();
    }

    /** Which kernels run the model, and why. */
    public ProviderReport kernels() {
        return kernels.report();
    }

    /**
     * A session at the beginning of a stream.
     *
     * @throws UnsupportedOperationException if the model is for translation, which a {@link
     *     Translator} does
     */
    public Session newSession() {
        return session(null);
    }

    /**
     * A session at the beginning of a stream that shares its work with a team; see {@link
     * ThreadTeam} on when it pays. It has a little memory of its own for how the weights are cut,
     * but shares the weights.
     *
     * @throws UnsupportedOperationException if the model is for translation
     * @throws IllegalStateException if the team is closed; also when the session works, if it is by
     *     then
     */
    public Session newSession(ThreadTeam team) {
        Objects.requireNonNull(team, "team is null: newSession() makes a session of one thread");
        team.requireOpen();
        return session(team);
    }

    private Session session(ThreadTeam team) {
        if (packed.translation() != null) {
            throw new UnsupportedOperationException(
                    "a model for translation is no chain of layers: a Translator runs it");
        }
        return new Session(spec, packed.layers(), kernels, fingerprint, team);
    }

    /**
     * A session for a model for translation.
     *
     * @param slots hypotheses at a time
     * @throws IllegalArgumentException if the model is for another task
     */
    TranslationSession newTranslationSession(int slots) {
        if (packed.translation() == null) {
            throw new IllegalArgumentException(
                    "translation needs a model for translation, found one for "
                            + spec.task().kind());
        }
        return new TranslationSession(packed.translation(), kernels, slots);
    }

    /**
     * Warms up by single steps, for at most a given time; see {@link #warmUp(WarmUp)}.
     *
     * @throws UnsupportedOperationException if the model is bidirectional
     */
    public WarmUpReport warmUp(Duration limit) {
        return warmUp(WarmUp.steps().within(limit));
    }

    /**
     * Takes steps on a session of its own until the virtual machine has compiled every kernel that
     * they need and the time per step has settled, or the time limit is over. A service does this
     * before it takes its first stream: first steps take hundreds of times as long as later ones,
     * and allocate.
     *
     * <p>Steps and sequences share the kernels, but not all of the code around them: warm up what
     * will be called. It takes a second and a half at least, works on the calling thread, starts no
     * other, keeps nothing, and may be done again and on several threads. The last thing it does,
     * once the time has settled, is to take steps for some milliseconds more, so that the caches
     * hold what the first step of a caller needs.
     *
     * @throws UnsupportedOperationException if single steps are asked of a bidirectional model
     */
    public WarmUpReport warmUp(WarmUp how) {
        Session session = how.newSession(this);
        int sequence = how.sequenceSteps();
        Runnable call =
                sequence == 0
                        ? WarmUpCalls.steps(session)
                        : WarmUpCalls.sequences(session, sequence);
        int steps = Math.max(1, sequence);
        LongSupplier allocated = AllocationCounter.ofCallingThread();
        WarmUpLoop loop =
                new WarmUpLoop(call, steps, how.limitNanos(), System::nanoTime, allocated);
        WarmUpReport report = loop.run();
        if (report.settled()) {
            loop.refresh();
        }
        return report;
    }

    @Override
    public String toString() {
        return "model %016x: %s, %d layers, %d weights, %d FLOPs a step"
                .formatted(
                        fingerprint,
                        provenance.getOrDefault("recipe", "no recipe"),
                        spec.layers().size(),
                        weights(),
                        flopsPerStep());
    }
}
