package hlstm.trainer.layers;

/** {@code y = W x + b} for every step. */
record ReferenceLinear(String name) implements ReferenceLayer {
    @Override
    public double[][][] forward(Tensors tensors, double[][][] x) {
        double[][] w = tensors.get(name + ".weight");
        double[][] b = tensors.get(name + ".bias");
        double[][][] y = new double[x.length][][];
        for (int lane = 0; lane < x.length; lane++) {
            y[lane] = new double[x[lane].length][w.length];
            for (int step = 0; step < x[lane].length; step++) {
                for (int row = 0; row < w.length; row++) {
                    double sum = b[row][0];
                    for (int column = 0; column < w[row].length; column++) {
                        sum += w[row][column] * x[lane][step][column];
                    }
                    y[lane][step][row] = sum;
                }
            }
        }
        return y;
    }
}
