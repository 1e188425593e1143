package hlstm.trainer.captions;

import java.util.ArrayList;
import java.util.List;

/**
 * How captions, features and lists of images go together.
 *
 * @param captioned number of images with captions
 * @param featured number of images with features
 * @param withoutFeatures captioned images without features
 * @param withoutCaptions images with features but without captions
 * @param listedInVain images of the lists that lack captions or features
 * @param inNoPart images with captions and features that no list and no split names
 */
public record MatchReport(
        int captioned,
        int featured,
        List<String> withoutFeatures,
        List<String> withoutCaptions,
        List<String> listedInVain,
        List<String> inNoPart) {
    private static final int SHOWN = 3;

    /** Copies the lists. */
    public MatchReport {
        withoutFeatures = List.copyOf(withoutFeatures);
        withoutCaptions = List.copyOf(withoutCaptions);
        listedInVain = List.copyOf(listedInVain);
        inNoPart = List.copyOf(inNoPart);
    }

    /** Each kind of mismatch in a sentence; none where everything matches. */
    public List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        add(sentences, "%,d of %,d captioned images have no features", withoutFeatures, captioned);
        add(
                sentences,
                "%,d of %,d images with features have no captions",
                withoutCaptions,
                featured);
        if (!listedInVain.isEmpty()) {
            sentences.add(
                    "%,d listed images have no captions or no features%s"
                            .formatted(listedInVain.size(), examples(listedInVain)));
        }
        if (!inNoPart.isEmpty()) {
            sentences.add(
                    "%,d images with captions and features are in no list%s"
                            .formatted(inNoPart.size(), examples(inNoPart)));
        }
        return sentences;
    }

    private static void add(List<String> to, String sentence, List<String> names, int of) {
        if (!names.isEmpty()) {
            to.add(sentence.formatted(names.size(), of) + examples(names));
        }
    }

    private static String examples(List<String> names) {
        return " (%s%s)"
                .formatted(
                        String.join(", ", names.subList(0, Math.min(SHOWN, names.size()))),
                        names.size() > SHOWN ? ", ..." : "");
    }
}
