package hlstm.trainer.layers;

import java.util.Arrays;
import java.util.List;

/**
 * What a training loop trains, as optimisers, grow-and-prune and checkpoints see it. Belongs to one
 * training loop at a time.
 */
public interface Trainable {
    /** The trainable parameters in a fixed order; their names are unique. */
    List<Parameter> parameters();

    /** What a checkpoint must hold besides the parameters, such as running statistics. */
    List<LayerState> state();

    /** Draws initial values for the connections that exist; the same seed gives the same. */
    void initialise(long seed);

    /** Changes the rectifier of the gate hidden layers of all recurrent layers. */
    void setRectifierSlope(float slope);

    /** Zeroes the gradients of all parameters, but not the dense ones that growth gathers. */
    default void zeroGradients() {
        parameters().forEach(parameter -> Arrays.fill(parameter.gradient(), 0));
    }
}
