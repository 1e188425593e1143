package hlstm.bench.team;

/**
 * A step of one level on one thread and on two.
 *
 * @param geometry of its connections
 * @param weights that the level stores
 * @param oneThreadMicros median on one thread
 * @param twoThreadsMicros median on two, each of which does half
 */
record TeamPoint(String geometry, long weights, double oneThreadMicros, double twoThreadsMicros) {
    /** Weights that a thread has to itself. */
    long share() {
        return weights / 2;
    }

    /** How many times as long one thread takes. */
    double gain() {
        return oneThreadMicros / twoThreadsMicros;
    }
}
