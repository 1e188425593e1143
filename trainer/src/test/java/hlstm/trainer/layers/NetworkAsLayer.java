package hlstm.trainer.layers;

import java.util.List;

/** A network for the gradient check, which wants the gradient of the input too. */
record NetworkAsLayer(Network network) implements Layer {
    @Override
    public int inputWidth() {
        return network.inputWidth();
    }

    @Override
    public int outputWidth() {
        return network.outputWidth();
    }

    @Override
    public List<Parameter> parameters() {
        return network.parameters();
    }

    @Override
    public List<LayerState> state() {
        return network.state();
    }

    @Override
    public SequenceBlock forward(SequenceBlock input, Pass pass) {
        return network.forward(input, pass);
    }

    @Override
    public SequenceBlock backward(
            SequenceBlock outputGradient, boolean inputGradientWanted, Pass pass) {
        SequenceBlock gradient = outputGradient;
        for (Layer layer : network.layers().reversed()) {
            gradient = layer.backward(gradient, true, pass);
        }
        return gradient;
    }
}
