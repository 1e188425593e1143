package hlstm.trainer.run;

import hlstm.runtime.audio.FeatureExtractor;
import hlstm.runtime.decode.Alphabet;
import hlstm.trainer.data.CorpusSplit;
import hlstm.trainer.data.FeatureSet;
import hlstm.trainer.data.Utterance;
import hlstm.trainer.layers.Workers;
import java.io.IOException;
import java.util.function.IntUnaryOperator;

/**
 * A corpus in the features and symbols of a recipe.
 *
 * @param training what the network learns from
 * @param development what it is scored on
 * @param hash over ids, transcripts and features of both
 */
record TrainingData(FeatureSet training, FeatureSet development, String hash) {
    static TrainingData compute(SpeechRecipe recipe, CorpusSplit corpus, Workers workers)
            throws IOException {
        FeatureExtractor extractor = new FeatureExtractor(recipe.features());
        Alphabet alphabet = Alphabet.of(recipe.alphabet());
        IntUnaryOperator outputSteps =
                steps -> recipe.network().frontEnd().outputSteps(steps, recipe.features().width());
        FeatureSet training =
                FeatureSet.compute(corpus.train(), extractor, alphabet, outputSteps, workers);
        FeatureSet development =
                FeatureSet.compute(corpus.dev(), extractor, alphabet, outputSteps, workers);
        StateDigest digest = new StateDigest();
        add(digest, "train", training);
        add(digest, "dev", development);
        return new TrainingData(training, development, digest.hex());
    }

    private static void add(StateDigest digest, String part, FeatureSet set) {
        for (int i = 0; i < set.size(); i++) {
            Utterance utterance = set.corpus().utterances().get(i);
            String name = part + " " + utterance.id();
            digest.text(name, utterance.transcript());
            digest.floats(name, set.features(i));
        }
    }

    /** What the data is, in a line. */
    String description() {
        return "%d utterances to learn from, %d to choose on"
                .formatted(training.size(), development.size());
    }
}
