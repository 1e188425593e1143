package hlstm.trainer.data;

import java.util.Objects;

/**
 * Something said, and what it was.
 *
 * @param id unique within a corpus
 * @param speaker who said it
 * @param transcript the words, separated by single spaces
 * @param audio the sound
 */
public record Utterance(String id, String speaker, String transcript, AudioSource audio) {
    /** Checks that nothing is missing. */
    public Utterance {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(speaker, "speaker");
        Objects.requireNonNull(transcript, "transcript");
        Objects.requireNonNull(audio, "audio");
    }
}
