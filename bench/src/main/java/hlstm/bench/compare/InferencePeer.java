package hlstm.bench.compare;

import hlstm.bench.RandomArrays;
import hlstm.bench.peers.Peer;
import hlstm.bench.peers.PeerStream;
import hlstm.runtime.Model;
import hlstm.runtime.Session;
import hlstm.runtime.SpeechTask;
import hlstm.runtime.TranslationTask;
import hlstm.runtime.Translator;
import hlstm.runtime.audio.FeatureSpec;
import hlstm.runtime.search.BeamSettings;
import hlstm.runtime.text.BytePairCodes;
import hlstm.runtime.text.TokenVocabulary;
import java.util.List;

/**
 * What a user of a trained model waits for, on the calling thread: the network over {@value
 * #SECONDS} seconds of sound, a word of a caption, or a greedily translated sentence of {@value
 * #WORDS} words. The input is random.
 */
final class InferencePeer implements Peer {
    private static final int SECONDS = 3;
    private static final int WORDS = 12;
    private static final long SEED = 7;
    private static final float[] NOTHING = {};

    private final Model model;
    private final float[] input;
    private final PeerStream stream;

    InferencePeer(Model model) {
        this.model = model;
        switch (model.spec().task()) {
            case SpeechTask speech -> {
                FeatureSpec features = speech.features();
                int steps = features.steps(SECONDS * features.sampleRate());
                Session session = model.newSession();
                input = RandomArrays.gaussian(steps * features.width(), SEED);
                float[] out =
                        new float[model.spec().outputSteps(steps) * model.spec().outputWidth()];
                stream =
                        x -> {
                            session.reset();
                            session.run(x, steps, out);
                            return out;
                        };
            }
            case TranslationTask translation -> {
                Translator translator = new Translator(model, BeamSettings.GREEDY);
                String sentence = sentence(translation.source().vocabulary());
                input = NOTHING;
                stream =
                        x -> {
                            translator.translate(sentence);
                            return NOTHING;
                        };
            }
            default -> {
                Session session = model.newSession();
                input = new float[model.spec().inputWidth()];
                input[input.length - 1] = 1; // the last word of the vocabulary
                float[] out = new float[model.spec().outputWidth()];
                stream =
                        x -> {
                            session.step(x, out);
                            return out;
                        };
            }
        }
    }

    private static String sentence(TokenVocabulary vocabulary) {
        List<String> words =
                vocabulary.tokens().stream()
                        .skip(TokenVocabulary.SPECIAL.size())
                        .filter(token -> !token.endsWith(BytePairCodes.CONTINUED))
                        .limit(WORDS)
                        .toList();
        return String.join(" ", words);
    }

    /** What a run of a model is. */
    static String unit(Model model) {
        return switch (model.spec().task()) {
            case SpeechTask speech -> "%d s of sound".formatted(SECONDS);
            case TranslationTask translation -> "a sentence of %d words".formatted(WORDS);
            default -> "a word of a caption";
        };
    }

    /** What its runs take. */
    float[] input() {
        return input;
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
        return stream;
    }
}
