package hlstm.bench.compare;

import hlstm.runtime.CaptioningTask;
import hlstm.runtime.Model;
import hlstm.runtime.SpeechTask;
import hlstm.runtime.TranslationTask;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A model with what its file says of the run that it is from.
 *
 * @param name in tables
 * @param model the model
 * @param score what kind of score it has on the development set
 * @param value of the score, in percent
 */
record TrainedModel(String name, Model model, Score score, double value) {
    private static final double PERCENT = 100;
    private static final Set<String> GATE_GEOMETRIES =
            Set.of("geometry.input", "geometry.recurrent", "geometry.hidden");

    /** The score that decides between models of a task. */
    enum Score {
        WER("dev.wer", "WER, %", true),
        BLEU("dev.bleu", "BLEU", false),
        CIDER("dev.cider", "CIDEr-D x 100", false);

        private final String key;
        private final String label;
        private final boolean lowerIsBetter;

        Score(String key, String label, boolean lowerIsBetter) {
            this.key = key;
            this.label = label;
            this.lowerIsBetter = lowerIsBetter;
        }

        String label() {
            return label;
        }

        boolean lowerIsBetter() {
            return lowerIsBetter;
        }

        private static Score of(Path file, Model model) {
            return switch (model.spec().task()) {
                case SpeechTask speech -> WER;
                case TranslationTask translation -> BLEU;
                case CaptioningTask captioning -> CIDER;
                default ->
                        throw new IllegalArgumentException(
                                "%s: expected a model for speech, translation or captions, found one for %s"
                                        .formatted(file, model.spec().task()));
            };
        }
    }

    /**
     * Loads a model.
     *
     * @throws IllegalArgumentException if the file does not say what its score is
     * @throws IOException if it cannot be read
     */
    static TrainedModel load(String name, Path file) throws IOException {
        Model model = Model.load(file);
        Score score = Score.of(file, model);
        String value = model.provenance().get(score.key);
        if (value == null) {
            throw new IllegalArgumentException(
                    "%s: expected a model that 'hlstm train' wrote, with its score %s; found none"
                            .formatted(file, score.key));
        }
        try {
            return new TrainedModel(name, model, score, PERCENT * Double.parseDouble(value));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "%s: expected a number as %s, found '%s'".formatted(file, score.key, value), e);
        }
    }

    /** What its gates are, in few words: {@code H-LSTM 2 x 256, banked8}. */
    String network() {
        Map<String, String> notes = model.provenance();
        boolean plain = notes.getOrDefault("recipe.network.gateHidden", "[]").equals("[]");
        boolean plainTranslator =
                notes.getOrDefault("recipe.translator.gateHidden", "[]").equals("[]");
        String cell = plain && plainTranslator ? "LSTM" : "H-LSTM";
        String width =
                notes.containsKey("recipe.network.width")
                        ? " %s x %s"
                                .formatted(
                                        notes.get("recipe.network.layers"),
                                        notes.get("recipe.network.width"))
                        : " " + notes.getOrDefault("recipe.translator.width", "");
        return (cell + width).strip() + ", " + geometry();
    }

    /** Of the gate matrices; several where they differ. */
    String geometry() {
        return model.provenance().entrySet().stream()
                .filter(note -> GATE_GEOMETRIES.contains(note.getKey()))
                .map(Map.Entry::getValue)
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .collect(Collectors.joining(" and "));
    }

    /** The name without the number of the seed at its end: equal for runs that differ in it. */
    String kind() {
        return name.replaceFirst("-\\d+$", "");
    }
}
