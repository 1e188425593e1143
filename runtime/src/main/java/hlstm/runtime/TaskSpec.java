package hlstm.runtime;

import java.util.List;

/** What a network is for, and what surrounds it in use. Immutable. */
public sealed interface TaskSpec permits SpeechTask, CaptioningTask, SequenceTask, TranslationTask {
    /** Its name in model files: {@code speech}, {@code translation} and so on. */
    String kind();

    /** The weight matrices that belong to no layer, in the order in which they are stored. */
    default List<TensorSpec> matrices() {
        return List.of();
    }
}
