package hlstm.runtime;

/** A sequence of vectors in, a sequence of vectors out; what they mean is the caller's matter. */
public record SequenceTask() implements TaskSpec {
    @Override
    public String kind() {
        return "sequence";
    }
}
