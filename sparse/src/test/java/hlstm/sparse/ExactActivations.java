package hlstm.sparse;

/** The activations in double precision. */
final class ExactActivations {
    private ExactActivations() {}

    static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    static double tanh(double x) {
        return Math.tanh(x);
    }
}
