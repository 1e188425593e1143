package hlstm.trainer.run;

import hlstm.trainer.layers.Network;
import hlstm.trainer.layers.Parameter;
import java.util.List;

/** Counts the weights of a network's gates. */
final class GateMatrices {
    private final List<Parameter> matrices;

    GateMatrices(Network network) {
        matrices =
                network.parameters().stream()
                        .filter(
                                p ->
                                        p.kind() == Parameter.Kind.INPUT
                                                || p.kind() == Parameter.Kind.RECURRENT
                                                || p.kind() == Parameter.Kind.HIDDEN)
                        .toList();
    }

    /** Connections of all gate matrices. */
    long weights() {
        return matrices.stream().mapToLong(p -> p.values().length).sum();
    }

    /** Connections over all possible ones. */
    double density() {
        return (double) weights() / places();
    }

    private long places() {
        return matrices.stream().mapToLong(p -> (long) p.rows() * p.columns()).sum();
    }

    /** Each gate matrix by itself. */
    List<MatrixFigures> figures() {
        return matrices.stream()
                .map(p -> new MatrixFigures(p.name(), p.rows(), p.columns(), p.values().length))
                .toList();
    }
}
