package hlstm.trainer.scenes;

/**
 * Some equal things of a scene.
 *
 * @param count how many, 1 to {@value #MOST}
 * @param large whether they are large
 */
record Things(int count, boolean large, Paint paint, Shape shape) {
    /** Most things of a kind. */
    static final int MOST = 3;
}
