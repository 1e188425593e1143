package hlstm.runtime;

import hlstm.runtime.RandomModels.Content;
import hlstm.sparse.Matrix;
import java.util.Arrays;

/**
 * The networks in double precision, written from the formulas alone: no packing, no kernels, each
 * gate on its own.
 */
final class ReferenceNetwork {
    private final Content content;

    ReferenceNetwork(Content content) {
        this.content = content;
    }

    /** The outputs of a whole sequence, steps x features both. */
    double[][] run(double[][] sequence) {
        double[][] x = sequence;
        for (int n = 0; n < content.spec().layers().size(); n++) {
            String prefix = "layers." + n + ".";
            x =
                    switch (content.spec().layers().get(n)) {
                        case RecurrentSpec recurrent -> recurrent(recurrent, prefix, x);
                        case LinearSpec linear -> linear(prefix, x);
                        case ConvolutionSpec convolution -> convolution(convolution, prefix, x);
                        case RowConvolutionSpec row -> rowConvolution(row, prefix, x);
                    };
        }
        return x;
    }

    private double[][] linear(String prefix, double[][] x) {
        double[][] y = new double[x.length][];
        for (int t = 0; t < x.length; t++) {
            float[] bias = content.biases().get(prefix + "bias");
            y[t] = new double[bias.length];
            for (int row = 0; row < bias.length; row++) {
                y[t][row] = bias[row] + dot(prefix + "weight", row, x[t]);
            }
        }
        return y;
    }

    private double[][] convolution(ConvolutionSpec spec, String prefix, double[][] x) {
        double[][] y = new double[spec.outputSteps(x.length)][spec.outputWidth()];
        for (int t = 0; t < y.length; t++) {
            for (int bin = 0; bin < spec.outputBins(); bin++) {
                double[] stretch = stretch(spec, x, t, bin);
                for (int channel = 0; channel < spec.outputChannels(); channel++) {
                    float bias = content.biases().get(prefix + "bias")[channel];
                    double sum = bias + dot(prefix + "weight", channel, stretch);
                    y[t][bin * spec.outputChannels() + channel] =
                            Math.min(Math.max(sum, 0), spec.clip());
                }
            }
        }
        return y;
    }

    private double[][] rowConvolution(RowConvolutionSpec spec, String prefix, double[][] x) {
        Matrix weights = content.matrices().get(prefix + "weight");
        double[][] y = new double[x.length][spec.width()];
        for (int t = 0; t < x.length; t++) {
            for (int j = 0; j <= spec.lookahead() && t + j < x.length; j++) {
                for (int k = 0; k < spec.width(); k++) {
                    y[t][k] += weights.get(j, k) * x[t + j][k];
                }
            }
        }
        return y;
    }

    /** What the kernel meets: bin after bin, step after step, channel after channel. */
    private static double[] stretch(ConvolutionSpec spec, double[][] x, int t, int bin) {
        double[] stretch = new double[spec.columns()];
        int next = 0;
        for (int i = 0; i < spec.frequency().kernel(); i++) {
            int fromBin = bin * spec.frequency().stride() - spec.frequency().padding() + i;
            for (int j = 0; j < spec.time().kernel(); j++) {
                int from = t * spec.time().stride() - spec.time().padding() + j;
                boolean inside =
                        fromBin >= 0 && fromBin < spec.inputBins() && from >= 0 && from < x.length;
                for (int c = 0; c < spec.inputChannels(); c++) {
                    stretch[next++] = inside ? x[from][fromBin * spec.inputChannels() + c] : 0;
                }
            }
        }
        return stretch;
    }

    private double[][] recurrent(RecurrentSpec spec, String prefix, double[][] x) {
        double[][] y = cell(spec.cell(), prefix + "forward.", x);
        if (spec.bidirectional()) {
            double[][] fromEnd = reversed(cell(spec.cell(), prefix + "backward.", reversed(x)));
            int width = spec.cell().width();
            int from = spec.directions() == Directions.CONCATENATED ? width : 0;
            for (int t = 0; t < y.length; t++) {
                y[t] = Arrays.copyOf(y[t], from + width);
                for (int k = 0; k < width; k++) {
                    y[t][from + k] += fromEnd[t][k];
                }
            }
        }
        return y;
    }

    private double[][] cell(CellSpec cell, String prefix, double[][] x) {
        int width = cell.width();
        double[] h = new double[width];
        double[] c = new double[width];
        double[][] y = new double[x.length][];
        for (int t = 0; t < x.length; t++) {
            double[] i = gate(cell, prefix, 0, x[t], h);
            double[] f = gate(cell, prefix, 1, x[t], h);
            double[] g = gate(cell, prefix, 2, x[t], h);
            double[] o = gate(cell, prefix, 3, x[t], h);
            double[] next = new double[width];
            for (int k = 0; k < width; k++) {
                c[k] = sigmoid(f[k]) * c[k] + sigmoid(i[k]) * Math.tanh(g[k]);
                next[k] = sigmoid(o[k]) * Math.tanh(c[k]);
            }
            h = next;
            y[t] = h;
        }
        return y;
    }

    /** The pre-activation of one gate, through its own hidden layers or the shared ones. */
    private double[] gate(CellSpec cell, String prefix, int gate, double[] x, double[] h) {
        int layers = cell.hiddenWidths().size();
        int rows = layers == 0 ? cell.width() : cell.hiddenWidths().getFirst();
        boolean shared = cell.sharedHidden();
        int firstRow = shared && layers > 0 ? 0 : gate * rows;
        float[] bias = content.biases().get(prefix + "gates.0.bias");
        double[] u = new double[rows];
        for (int k = 0; k < rows; k++) {
            int row = firstRow + k;
            u[k] =
                    bias[row]
                            + dot(prefix + "gates.0.input", row, x)
                            + dot(prefix + "gates.0.recurrent", row, h);
        }
        for (int level = 1; level <= layers; level++) {
            for (int k = 0; k < u.length; k++) {
                u[k] = u[k] > 0 ? u[k] : cell.rectifierSlope() * u[k];
            }
            boolean last = level == layers;
            int next = last ? cell.width() : cell.hiddenWidths().get(level);
            bias = content.biases().get(prefix + "gates." + level + ".bias");
            String name = prefix + "gates." + level + (shared ? "" : "." + "ifgo".charAt(gate));
            int blockRow = shared && last ? gate * next : 0;
            int biasRow = !shared || last ? gate * next : 0;
            double[] v = new double[next];
            for (int k = 0; k < next; k++) {
                v[k] = bias[biasRow + k] + dot(name, blockRow + k, u);
            }
            u = v;
        }
        return u;
    }

    private double dot(String name, int row, double[] x) {
        Matrix matrix = content.matrices().get(name);
        double sum = 0;
        for (int column = 0; column < matrix.columns(); column++) {
            sum += (double) matrix.get(row, column) * x[column];
        }
        return sum;
    }

    private static double[][] reversed(double[][] x) {
        double[][] reversed = new double[x.length][];
        for (int t = 0; t < x.length; t++) {
            reversed[t] = x[x.length - 1 - t];
        }
        return reversed;
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
