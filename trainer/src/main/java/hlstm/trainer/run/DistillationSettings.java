package hlstm.trainer.run;

/**
 * What a recipe says about learning from another model.
 *
 * @param weight share of the loss that compares the network with its teacher, the rest being that
 *     of the transcripts; 0 needs no teacher
 */
public record DistillationSettings(double weight) {}
