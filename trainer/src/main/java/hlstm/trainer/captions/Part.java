package hlstm.trainer.captions;

/** The part of a data set that an image belongs to. */
public enum Part {
    /** To learn from. */
    TRAIN,
    /** To choose on. */
    DEV,
    /** Kept for a last measurement. */
    TEST
}
