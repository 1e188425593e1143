package hlstm.bench;

/** The shapes of matrices that benchmarks use, written {@code rows x columns}. */
final class Shapes {
    private Shapes() {}

    static int rows(String shape) {
        return Integer.parseInt(shape.split("x")[0]);
    }

    static int columns(String shape) {
        return Integer.parseInt(shape.split("x")[1]);
    }
}
