package hlstm.trainer.run;

import hlstm.trainer.layers.Parameter;
import hlstm.trainer.layers.Trainable;
import java.util.List;

/**
 * The sizes of a network's gate matrices at some time of a run.
 *
 * @param figures each by itself
 */
record GateMatrices(List<MatrixFigures> figures) {
    /** As they are now. */
    static GateMatrices of(Trainable network) {
        return new GateMatrices(
                parameters(network).stream()
                        .map(
                                p ->
                                        new MatrixFigures(
                                                p.name(), p.rows(), p.columns(), p.values().length))
                        .toList());
    }

    /** The gate matrices themselves. */
    static List<Parameter> parameters(Trainable network) {
        return network.parameters().stream()
                .filter(
                        p ->
                                p.kind() == Parameter.Kind.INPUT
                                        || p.kind() == Parameter.Kind.RECURRENT
                                        || p.kind() == Parameter.Kind.HIDDEN)
                .toList();
    }

    /** Connections of all of them. */
    long weights() {
        return figures.stream().mapToLong(MatrixFigures::weights).sum();
    }

    /** Connections over all possible ones. */
    double density() {
        return (double) weights()
                / figures.stream().mapToLong(m -> (long) m.rows() * m.columns()).sum();
    }
}
