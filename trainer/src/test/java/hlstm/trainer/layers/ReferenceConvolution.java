package hlstm.trainer.layers;

import hlstm.runtime.ConvolutionSpec;

/** A convolution as a sum over the kernel for each output, without the clipping. */
record ReferenceConvolution(String name, ConvolutionSpec spec) implements ReferenceLayer {
    @Override
    public double[][][] forward(Tensors tensors, double[][][] x) {
        double[][] w = tensors.get(name + ".weight");
        double[][][] y = new double[x.length][][];
        for (int lane = 0; lane < x.length; lane++) {
            y[lane] = new double[spec.outputSteps(x[lane].length)][spec.outputWidth()];
            for (int step = 0; step < y[lane].length; step++) {
                for (int bin = 0; bin < spec.outputBins(); bin++) {
                    for (int channel = 0; channel < spec.outputChannels(); channel++) {
                        y[lane][step][bin * spec.outputChannels() + channel] =
                                sum(w[channel], x[lane], step, bin);
                    }
                }
            }
        }
        return y;
    }

    private double sum(double[] w, double[][] x, int step, int bin) {
        int channels = spec.inputChannels();
        double sum = 0;
        for (int i = 0; i < spec.frequency().kernel(); i++) {
            for (int j = 0; j < spec.time().kernel(); j++) {
                int fromBin = bin * spec.frequency().stride() - spec.frequency().padding() + i;
                int from = step * spec.time().stride() - spec.time().padding() + j;
                if (fromBin >= 0 && fromBin < spec.inputBins() && from >= 0 && from < x.length) {
                    for (int c = 0; c < channels; c++) {
                        sum +=
                                w[(i * spec.time().kernel() + j) * channels + c]
                                        * x[from][fromBin * channels + c];
                    }
                }
            }
        }
        return sum;
    }
}
