package hlstm.trainer.run;

import hlstm.trainer.layers.BatchNormLayer;
import hlstm.trainer.layers.DropoutLayer;
import hlstm.trainer.layers.Layer;
import hlstm.trainer.layers.LinearLayer;
import hlstm.trainer.layers.Network;
import hlstm.trainer.layers.RecurrentLayer;
import java.util.ArrayList;
import java.util.List;

/** Makes the network of a recipe, its weights all zero. */
final class NetworkBuilder {
    private NetworkBuilder() {}

    /**
     * Recurrent layers, each with batch norm before it except the first, and dropout after it; then
     * batch norm and a linear layer. A batch norm has the number of the layer that it will be
     * folded into.
     */
    static Network build(NetworkSettings settings, int inputWidth, int outputWidth) {
        List<Layer> layers = new ArrayList<>();
        int width = inputWidth;
        for (int n = 0; n < settings.layers(); n++) {
            if (n > 0 && settings.batchNorm()) {
                layers.add(new BatchNormLayer(name(n), width));
            }
            layers.add(
                    new RecurrentLayer(
                            name(n),
                            settings.cell(width),
                            settings.bidirectional(),
                            (float) settings.gateDropout()));
            width = settings.width();
            if (settings.dropout() > 0) {
                layers.add(new DropoutLayer(name(n), width, (float) settings.dropout()));
            }
        }
        int last = settings.layers();
        if (settings.batchNorm()) {
            layers.add(new BatchNormLayer(name(last), width));
        }
        layers.add(new LinearLayer(name(last), width, outputWidth));
        return new Network(layers);
    }

    private static String name(int layer) {
        return "layers." + layer;
    }
}
