package hlstm.trainer.optim;

import hlstm.trainer.layers.Parameter;
import hlstm.trainer.layers.Workers;
import java.util.List;

/**
 * Changes parameters along their gradients. State of a weight lies in {@link Parameter#slots()}, so
 * that it follows its connection when the structure changes and lands in checkpoints; the only
 * other state is the number of steps taken.
 */
public interface Optimizer {
    /** Names of the state arrays of a parameter, in the order of {@link Parameter#slots()}. */
    List<String> slotNames();

    /** Steps taken so far. */
    long steps();

    /** Restores the number of steps taken, for a resumed run. */
    void setSteps(long steps);

    /**
     * One step for all parameters. Slots are made where there are none yet.
     *
     * @throws IllegalStateException if a parameter has the slots of another optimiser
     */
    void step(List<Parameter> parameters, double learningRate, Workers workers);
}
