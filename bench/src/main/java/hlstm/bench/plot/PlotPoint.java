package hlstm.bench.plot;

/**
 * A point of a plot.
 *
 * @param series its line
 * @param x density, or weights
 * @param p50Micros median time of a product, or of a step
 */
record PlotPoint(String series, double x, double p50Micros) {}
