package hlstm.trainer.layers;

/** Batch norm over all steps of all lanes, with the batch's own or with running statistics. */
record ReferenceBatchNorm(String name, boolean ofBatch) implements ReferenceLayer {
    @Override
    public double[][][] forward(Tensors tensors, double[][][] x) {
        int width = tensors.get(name + ".scale").length;
        double[][][] y = new double[x.length][][];
        for (int lane = 0; lane < x.length; lane++) {
            y[lane] = new double[x[lane].length][width];
        }
        for (int feature = 0; feature < width; feature++) {
            double mean = tensors.get(name + ".mean")[feature][0];
            double variance = tensors.get(name + ".variance")[feature][0];
            if (ofBatch) {
                mean = mean(x, feature);
                double square = 0;
                int count = 0;
                for (double[][] sequence : x) {
                    for (double[] step : sequence) {
                        square += (step[feature] - mean) * (step[feature] - mean);
                        count++;
                    }
                }
                variance = square / count;
            }
            double scale = tensors.get(name + ".scale")[feature][0];
            double shift = tensors.get(name + ".shift")[feature][0];
            for (int lane = 0; lane < x.length; lane++) {
                for (int step = 0; step < x[lane].length; step++) {
                    double distance = x[lane][step][feature] - mean;
                    y[lane][step][feature] =
                            scale * distance / Math.sqrt(variance + BatchNormLayer.EPSILON) + shift;
                }
            }
        }
        return y;
    }

    private static double mean(double[][][] x, int feature) {
        double sum = 0;
        int count = 0;
        for (double[][] sequence : x) {
            for (double[] step : sequence) {
                sum += step[feature];
                count++;
            }
        }
        return sum / count;
    }
}
