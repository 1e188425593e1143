package hlstm.trainer.layers;

/**
 * The same features of several steps: element (step t, feature f, lane l) lies at {@code offset + t
 * * stepStride + f * stride + l}.
 */
record StepView(float[] data, int offset, int stride, int stepStride) {}
