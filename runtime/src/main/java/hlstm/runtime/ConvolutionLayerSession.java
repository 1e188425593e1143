package hlstm.runtime;

import hlstm.sparse.Kernels;
import java.util.Arrays;

/**
 * A convolution at work on one sequence. It keeps the last steps of input as a window, the steps
 * and channels of a bin side by side, so that the inputs of an output are one stretch of memory:
 * the bins of an output step are the steps of a product that overlaps itself.
 */
final class ConvolutionLayerSession implements LayerSession, TeamTask {
    /** Floats of a saved state besides the window. */
    private static final int COUNTERS = 3;

    private final Kernels kernels;
    private final PackedLayer.Convolution layer;
    private final PartRunner runner;
    private final ConvolutionAxis time;
    private final int channels;
    private final int inputWidth;
    private final int outputBins;
    private final int outputWidth;

    /** Floats of a bin in the window: steps x input channels. */
    private final int binSize;

    /** The first bin of the input in the window, those of the padding being before it. */
    private final int firstBin;

    private final float[] window;

    /** Steps until the next output. */
    private int wait;

    /** Whether there was a step at all. */
    private boolean begun;

    /** Steps of padding that have been taken behind the last one. */
    private int trailing;

    // The output that is being computed in parts.
    private float[] out;
    private int outOffset;
    private int parts;

    /** At the beginning of a sequence. */
    ConvolutionLayerSession(Kernels kernels, PackedLayer.Convolution layer, PartRunner runner) {
        ConvolutionSpec spec = layer.spec();
        this.kernels = kernels;
        this.layer = layer;
        this.runner = runner;
        time = spec.time();
        channels = spec.inputChannels();
        inputWidth = spec.inputWidth();
        outputBins = spec.outputBins();
        outputWidth = spec.outputWidth();
        binSize = time.kernel() * channels;
        firstBin = spec.frequency().padding() * binSize;
        window = new float[2 * firstBin + spec.inputBins() * binSize];
        reset();
    }

    @Override
    public boolean step(float[] in, int inOffset, float[] out, int outOffset) {
        begun = true;
        int newest = binSize - channels;
        for (int k = 0, bin = firstBin; k < inputWidth; k += channels, bin += binSize) {
            System.arraycopy(window, bin + channels, window, bin, newest);
            System.arraycopy(in, inOffset + k, window, bin + newest, channels);
        }
        return advance(out, outOffset);
    }

    @Override
    public boolean flush(float[] out, int outOffset) {
        int newest = binSize - channels;
        while (begun && trailing < time.padding()) {
            trailing++;
            for (int k = 0, bin = firstBin; k < inputWidth; k += channels, bin += binSize) {
                System.arraycopy(window, bin + channels, window, bin, newest);
                Arrays.fill(window, bin + newest, bin + binSize, 0);
            }
            if (advance(out, outOffset)) {
                return true;
            }
        }
        return false;
    }

    /** After a step has been taken into the window. */
    private boolean advance(float[] out, int outOffset) {
        wait--;
        if (wait > 0) {
            return false;
        }
        wait = time.stride();
        this.out = out;
        this.outOffset = outOffset;
        parts =
                Math.min(
                        outputBins,
                        runner.parts(outputBins * (long) layer.weights().storedValues()));
        runner.run(this, parts);
        this.out = null;
        return true;
    }

    /** Computes a part of the bins of an output step. */
    @Override
    public void run(int part) {
        int from = (int) ((long) part * outputBins / parts);
        int to = (int) ((part + 1L) * outputBins / parts);
        int stride = layer.spec().frequency().stride() * binSize;
        int rows = layer.spec().outputChannels();
        int first = outOffset + from * rows;
        kernels.multiply(
                layer.weights(),
                to - from,
                window,
                from * stride,
                stride,
                layer.bias(),
                0,
                out,
                first,
                rows);
        clip(layer.spec().clip(), out, first, (to - from) * rows);
    }

    /** A loop that the compiler vectorises; NaN stays NaN. */
    private static void clip(float most, float[] y, int offset, int length) {
        for (int k = offset; k < offset + length; k++) {
            y[k] = Math.min(Math.max(y[k], 0), most);
        }
    }

    @Override
    public void run(float[] in, int inOffset, int steps, float[] out, int outOffset) {
        reset();
        int to = outOffset;
        for (int t = 0; t < steps; t++) {
            if (step(in, inOffset + t * inputWidth, out, to)) {
                to += outputWidth;
            }
        }
        while (flush(out, to)) {
            to += outputWidth;
        }
    }

    @Override
    public void reset() {
        Arrays.fill(window, 0);
        wait = time.kernel() - time.padding();
        begun = false;
        trailing = 0;
    }

    @Override
    public int stateLength() {
        return window.length + COUNTERS;
    }

    @Override
    public void save(float[] to, int offset) {
        System.arraycopy(window, 0, to, offset, window.length);
        to[offset + window.length] = wait;
        to[offset + window.length + 1] = begun ? 1 : 0;
        to[offset + window.length + 2] = trailing;
    }

    /** Counters of another origin are held to their ranges. */
    @Override
    public void restore(float[] from, int offset) {
        System.arraycopy(from, offset, window, 0, window.length);
        int longest = Math.max(time.kernel(), time.stride());
        wait = Math.clamp((int) from[offset + window.length], 1, longest);
        begun = from[offset + window.length + 1] != 0;
        trailing = Math.clamp((int) from[offset + window.length + 2], 0, time.padding());
    }
}
