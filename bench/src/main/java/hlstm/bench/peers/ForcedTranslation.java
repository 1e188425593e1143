package hlstm.bench.peers;

import hlstm.bench.TranslatorStack;
import hlstm.runtime.Model;
import hlstm.runtime.ModelBuilder;
import hlstm.runtime.Translation;
import hlstm.runtime.Translator;
import hlstm.runtime.search.BeamSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A model of this project that translates with a given target: each step reads the token that it is
 * given, so that networks of random weights take as many steps as each other. The input of a run is
 * the tokens of the source, then those that the decoder reads, as numbers, the first of which
 * begins a sentence; text has no other special ones. The result is how each step looked at the
 * source.
 */
public final class ForcedTranslation implements Peer {
    private final Model model;
    private final int sourceSteps;

    /**
     * A model as a service would load it: written to a file and read back.
     *
     * @param sourceSteps tokens of every source
     * @throws IOException if there is no room for temporary files
     */
    public ForcedTranslation(ModelBuilder builder, int sourceSteps) throws IOException {
        this.sourceSteps = sourceSteps;
        Path file = Files.createTempFile("hlstm-bench", ".safetensors");
        try {
            builder.write(file);
            model = Model.load(file);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    @Override
    public long weights() {
        return model.recurrentWeights();
    }

    @Override
    public long modelBytes() {
        return model.fileBytes().orElseThrow();
    }

    @Override
    public PeerStream newStream() {
        Translator translator = new Translator(model, BeamSettings.GREEDY);
        return tokens -> run(translator, tokens);
    }

    private float[] run(Translator translator, float[] tokens) {
        List<String> source = words(tokens, 0, sourceSteps);
        List<String> target = words(tokens, sourceSteps + 1, tokens.length);
        Translation translation = new Translation(String.join(" ", target), target, 0, 0);
        float[][] shares = translator.align(String.join(" ", source), translation).shares();
        float[] result = new float[shares.length * sourceSteps];
        for (int step = 0; step < shares.length; step++) {
            System.arraycopy(shares[step], 0, result, step * sourceSteps, sourceSteps);
        }
        return result;
    }

    private static List<String> words(float[] tokens, int from, int to) {
        List<String> words = new ArrayList<>();
        for (int k = from; k < to; k++) {
            words.add(TranslatorStack.word((int) tokens[k]));
        }
        return words;
    }
}
