package hlstm.trainer.layers;

/** A layer's forward pass in double precision, one sequence after the other: what tests trust. */
@FunctionalInterface
interface ReferenceLayer {
    /**
     * The outputs of a batch.
     *
     * @param x inputs by lane, step and feature; lanes may differ in their number of steps
     */
    double[][][] forward(Tensors tensors, double[][][] x);

    default ReferenceLayer then(ReferenceLayer next) {
        return (tensors, x) -> next.forward(tensors, forward(tensors, x));
    }
}
