package hlstm.trainer.run;

import hlstm.runtime.ConvolutionSpec;
import hlstm.runtime.RowConvolutionSpec;
import hlstm.trainer.layers.BatchNormLayer;
import hlstm.trainer.layers.ConvolutionLayer;
import hlstm.trainer.layers.DropoutLayer;
import hlstm.trainer.layers.HardTanhLayer;
import hlstm.trainer.layers.Layer;
import hlstm.trainer.layers.LinearLayer;
import hlstm.trainer.layers.Network;
import hlstm.trainer.layers.Parameter;
import hlstm.trainer.layers.RecurrentLayer;
import hlstm.trainer.layers.RowConvolutionLayer;
import java.util.ArrayList;
import java.util.List;

/** Makes the network of a recipe, its weights all zero. */
final class NetworkBuilder {
    private NetworkBuilder() {}

    /**
     * Convolutions, each with batch norm and hard tanh behind it; recurrent layers, each with batch
     * norm before it except the first, and dropout after it; a row convolution if there is a
     * lookahead; then batch norm and a linear layer. A batch norm has the number of the layer that
     * it will be folded into.
     */
    static Network build(NetworkSettings settings, int inputWidth, int outputWidth) {
        List<Layer> layers = new ArrayList<>();
        int number = 0;
        for (ConvolutionSpec convolution : settings.frontEnd().convolutions(inputWidth)) {
            String name = name(number++);
            layers.add(new ConvolutionLayer(name, convolution));
            layers.add(
                    new BatchNormLayer(
                            name, convolution.outputChannels(), convolution.outputBins()));
            layers.add(new HardTanhLayer(name, convolution.outputWidth(), convolution.clip()));
        }
        int width = settings.recurrentInputWidth(inputWidth);
        for (int n = 0; n < settings.layers(); n++) {
            String name = name(number++);
            if (n > 0 && settings.batchNorm()) {
                layers.add(new BatchNormLayer(name, width));
            }
            layers.add(
                    new RecurrentLayer(
                            name,
                            settings.cell(width),
                            settings.bidirectional(),
                            (float) settings.gateDropout()));
            width = settings.width();
            if (settings.dropout() > 0) {
                layers.add(new DropoutLayer(name, width, (float) settings.dropout()));
            }
        }
        if (settings.lookahead() > 0) {
            layers.add(
                    new RowConvolutionLayer(
                            name(number++), new RowConvolutionSpec(width, settings.lookahead())));
        }
        if (settings.batchNorm()) {
            layers.add(new BatchNormLayer(name(number), width));
        }
        layers.add(new LinearLayer(name(number), Parameter.Kind.OUTPUT, width, outputWidth));
        return new Network(layers);
    }

    private static String name(int layer) {
        return "layers." + layer;
    }
}
