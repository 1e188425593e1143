package hlstm.runtime;

/** What a network is for, and what surrounds it in use. Immutable. */
public sealed interface TaskSpec permits SpeechTask, SequenceTask {}
