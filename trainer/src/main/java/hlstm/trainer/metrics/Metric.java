package hlstm.trainer.metrics;

/** The scores of text against references that the command line offers. */
public enum Metric {
    /** {@link CiderD}. */
    CIDER,
    /** {@link MultiBleu} for text, {@link CocoBleu} for captions of COCO. */
    BLEU,
    /** {@link RougeL}. */
    ROUGE,
    /** {@link WordErrorRate}. */
    WER,
    /** {@link CharacterErrorRate}. */
    CER,
    /** {@link SacreBleu}. */
    SACREBLEU
}
