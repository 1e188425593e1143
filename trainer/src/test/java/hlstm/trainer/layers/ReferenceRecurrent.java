package hlstm.trainer.layers;

import hlstm.runtime.CellSpec;
import hlstm.runtime.Directions;
import hlstm.runtime.GateMatrix;

/** The equations of the H-LSTM as they are written on paper. */
final class ReferenceRecurrent implements ReferenceLayer {
    /** What dropout multiplies an element by. */
    interface Mask {
        double factor(boolean reverse, int level, int step, int feature, int lane);
    }

    private final String name;
    private final CellSpec spec;
    private final Directions directions;
    private final Mask mask;
    private double nearestKink = Double.POSITIVE_INFINITY;

    ReferenceRecurrent(String name, CellSpec spec, Directions directions, Mask mask) {
        this.name = name;
        this.spec = spec;
        this.directions = directions;
        this.mask = mask;
    }

    /** The smallest magnitude that the rectifier has met: differences must not step over 0. */
    double nearestKink() {
        return nearestKink;
    }

    @Override
    public double[][][] forward(Tensors tensors, double[][][] x) {
        double[][][] y = new double[x.length][][];
        for (int lane = 0; lane < x.length; lane++) {
            y[lane] = direction(tensors, x[lane], lane, false);
            if (directions.both()) {
                double[][] backward = direction(tensors, x[lane], lane, true);
                for (int step = 0; step < x[lane].length; step++) {
                    y[lane][step] = together(y[lane][step], backward[step]);
                }
            }
        }
        return y;
    }

    private double[] together(double[] forward, double[] backward) {
        double[] y = new double[directions.outputWidth(spec.width())];
        int from = directions == Directions.CONCATENATED ? forward.length : 0;
        for (int k = 0; k < forward.length; k++) {
            y[k] += forward[k];
            y[from + k] += backward[k];
        }
        return y;
    }

    private double[][] direction(Tensors tensors, double[][] x, int lane, boolean reverse) {
        String prefix = name + (reverse ? ".backward." : ".forward.");
        double[][] outputs = new double[x.length][];
        double[] h = new double[spec.width()];
        double[] c = new double[spec.width()];
        for (int k = 0; k < x.length; k++) {
            int step = reverse ? x.length - 1 - k : k;
            double[] gates = gates(tensors, prefix, x[step], h, reverse, step, lane);
            c = c.clone();
            h = h.clone();
            int width = spec.width();
            for (int unit = 0; unit < width; unit++) {
                double i = sigmoid(gates[unit]);
                double f = sigmoid(gates[width + unit]);
                double g = Math.tanh(gates[2 * width + unit]);
                double o = sigmoid(gates[3 * width + unit]);
                c[unit] = f * c[unit] + i * g;
                h[unit] = o * Math.tanh(c[unit]);
            }
            outputs[step] = h.clone();
        }
        return outputs;
    }

    private double[] gates(
            Tensors tensors,
            String prefix,
            double[] x,
            double[] h,
            boolean reverse,
            int step,
            int lane) {
        double[] below = null;
        for (int level = 0; level < spec.levels(); level++) {
            double[][] bias = tensors.get(prefix + "gates." + level + ".bias");
            double[] y = new double[spec.levelWidth(level)];
            for (int row = 0; row < y.length; row++) {
                y[row] = bias[row][0];
            }
            for (GateMatrix place : spec.matrices()) {
                if (place.level() == level) {
                    double[] source =
                            switch (place.source()) {
                                case INPUT -> x;
                                case RECURRENT -> h;
                                case HIDDEN -> below;
                            };
                    add(tensors.get(prefix + place.name()), place, source, y);
                }
            }
            if (level < spec.levels() - 1) {
                for (int row = 0; row < y.length; row++) {
                    nearestKink = Math.min(nearestKink, Math.abs(y[row]));
                    y[row] = y[row] > 0 ? y[row] : spec.rectifierSlope() * y[row];
                    y[row] *= mask.factor(reverse, level, step, row, lane);
                }
            }
            below = y;
        }
        return below;
    }

    private static void add(double[][] w, GateMatrix place, double[] x, double[] y) {
        for (int row = 0; row < place.rows(); row++) {
            for (int column = 0; column < place.columns(); column++) {
                y[place.outputOffset() + row] += w[row][column] * x[place.inputOffset() + column];
            }
        }
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
