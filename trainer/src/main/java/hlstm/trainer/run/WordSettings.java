package hlstm.trainer.run;

/**
 * The words of a captioning recipe.
 *
 * @param minimumCount how often training must have a word for the network to know it; others are
 *     {@code <unk>}, which it never writes
 * @param mostWords of a caption; in training longer ones are cut off
 * @param labelSmoothing share of the target that goes to all words alike
 * @param beam hypotheses that scoring follows; the development score is that of captions so found
 */
public record WordSettings(int minimumCount, int mostWords, double labelSmoothing, int beam) {}
