package hlstm.trainer.captions;

import hlstm.runtime.CaptioningTask;
import hlstm.runtime.Model;
import hlstm.runtime.Session;
import hlstm.runtime.text.TokenVocabulary;
import hlstm.trainer.metrics.Tokenization;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Steps of a model that sees an image and then reads its first reference, word by word. */
public final class ReferenceSteps {
    private ReferenceSteps() {}

    /**
     * The inputs of the first images of a set, for {@link Session#step}.
     *
     * @param images most images
     * @return for each image its input steps, one after the other
     */
    public static List<float[]> of(CaptioningTask task, CaptionSet set, int images) {
        return IntStream.range(0, Math.min(images, set.size()))
                .mapToObj(image -> sequence(task, set, image))
                .toList();
    }

    private static float[] sequence(CaptioningTask task, CaptionSet set, int image) {
        TokenVocabulary vocabulary = task.vocabulary();
        int width = task.featureWidth() + vocabulary.size();
        List<String> caption = set.images().get(image).captions();
        List<String> words = Tokenization.PTB.words(caption.getFirst());
        float[] sequence = new float[(words.size() + 2) * width];
        float[] features = set.features(image);
        for (int k = 0; k < features.length; k++) {
            sequence[k] = task.transform().apply(features[k]);
        }
        for (int k = 0; k <= words.size(); k++) {
            int word = k == 0 ? TokenVocabulary.BEGIN : vocabulary.number(words.get(k - 1));
            sequence[(k + 1) * width + task.featureWidth() + word] = 1;
        }
        return sequence;
    }

    /**
     * Floating-point operations of the gate matrices of a step, zeros of hidden layers not counted:
     * the mean over all words of the first references of a set.
     */
    public static double activeGateFlops(Model model, CaptionSet set) {
        CaptioningTask task = (CaptioningTask) model.spec().task();
        Session session = model.newSession();
        float[] out = new float[model.spec().outputWidth()];
        int width = model.spec().inputWidth();
        long idle = 0;
        long steps = 0;
        // One by one: a step is as wide as the vocabulary.
        for (int image = 0; image < set.size(); image++) {
            float[] sequence = sequence(task, set, image);
            session.reset();
            for (int from = 0; from < sequence.length; from += width) {
                session.step(Arrays.copyOfRange(sequence, from, from + width), out);
                idle += session.idleWeights();
                steps++;
            }
        }
        return 2.0 * (model.recurrentWeights() - (double) idle / steps);
    }
}
