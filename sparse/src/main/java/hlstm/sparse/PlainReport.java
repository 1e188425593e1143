package hlstm.sparse;

/**
 * How single connections are multiplied, and why; made for logs and health pages.
 *
 * @param form {@code gather}: inputs are gathered into registers; {@code scalar}: one by one
 * @param gatherPerNano weights that gathering multiplied in a nanosecond when it was timed; 0 if it
 *     was not
 * @param scalarPerNano the same, one by one
 * @param reason why this form was chosen, in one sentence
 */
public record PlainReport(String form, double gatherPerNano, double scalarPerNano, String reason) {
    static final PlainReport SCALAR_KERNELS = untimed("scalar", "scalar kernels");
    static final PlainReport NOT_TIMED =
            untimed(
                    "scalar",
                    "not timed, no model with a plain matrix of %d weights has been loaded"
                            .formatted(PlainChoice.LEAST_WEIGHTS));

    static PlainReport untimed(String form, String reason) {
        return new PlainReport(form, 0, 0, reason);
    }

    @Override
    public String toString() {
        return "%s: %s".formatted(form, reason);
    }
}
