package hlstm.runtime;

import hlstm.sparse.KernelProviders;
import hlstm.sparse.Kernels;
import hlstm.sparse.Matrix;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Makes a model from an architecture and its weights: to run at once, or to write to a file. Names
 * and shapes are those of {@link ModelSpec#matrices()} and {@link ModelSpec#biases()}; a bias that
 * is not given is zero. Arrays are not copied: they must keep their values until {@link #build} or
 * {@link #write} is done. Not safe for use by several threads at once.
 */
public final class ModelBuilder {
    private final ModelSpec spec;
    private final Map<String, Matrix> matrices = new LinkedHashMap<>();
    private final Map<String, float[]> biases = new LinkedHashMap<>();
    private final Map<String, String> provenance = new TreeMap<>();

    /** For a model of this architecture, without weights yet. */
    public ModelBuilder(ModelSpec spec) {
        this.spec = spec;
        spec.biases().forEach(bias -> biases.put(bias.name(), new float[bias.rows()]));
    }

    /**
     * Gives a matrix.
     *
     * @param name {@code layers.<n>.<name within the layer>}
     * @return this
     */
    public ModelBuilder matrix(String name, Matrix matrix) {
        matrices.put(name, matrix);
        return this;
    }

    /**
     * Gives a bias.
     *
     * @param name {@code layers.<n>.<name within the layer>}
     * @return this
     */
    public ModelBuilder bias(String name, float[] bias) {
        biases.put(name, bias);
        return this;
    }

    /**
     * Notes where the weights come from. Leave out what changes from run to run, such as the time,
     * if equal runs are to give equal files.
     *
     * @return this
     */
    public ModelBuilder provenance(String key, String value) {
        provenance.put(key, value);
        return this;
    }

    /**
     * The model, ready to run.
     *
     * @throws IllegalArgumentException if the weights are not those of the architecture, or not
     *     finite; the message names the tensor
     */
    public Model build() {
        Kernels kernels = KernelProviders.get();
        ModelFile content = content(kernels);
        return new Model(content, content.fingerprint(), kernels, OptionalLong.empty());
    }

    /**
     * Writes the model to a file, atomically; the same content gives the same bytes, on any machine
     * and whatever kernels run here.
     *
     * @throws IllegalArgumentException as {@link #build}
     * @throws IOException if the file cannot be written; an older file of this name is unchanged
     */
    public void write(Path file) throws IOException {
        content(GoldenVector.reference()).write(file);
    }

    private ModelFile content(Kernels kernels) {
        Weights weights = new Weights(spec, matrices, biases);
        PackedModel packed = PackedModel.pack(spec, weights);
        GoldenVector golden = GoldenVector.of(spec, () -> packed.newRun(kernels));
        return new ModelFile(spec, weights, provenance, golden);
    }
}
