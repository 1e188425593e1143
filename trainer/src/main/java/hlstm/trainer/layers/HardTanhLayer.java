package hlstm.trainer.layers;

import java.util.List;

/**
 * Clips every element to [0, {@code most}]; its slope is 1 between and 0 elsewhere, the ends
 * included. NaN stays NaN.
 */
public final class HardTanhLayer implements Layer {
    /** The clip of DeepSpeech2 (Amodei et al., ICML 2016, section 3.1). */
    public static final float DEEP_SPEECH_2 = 20;

    private final String name;
    private final int width;
    private final float most;
    private SequenceBlock input;
    private final SequenceBlock output = new SequenceBlock();
    private final SequenceBlock inputGradient = new SequenceBlock();

    /**
     * A layer that clips its input.
     *
     * @param name the layer's name within the network, for messages
     */
    public HardTanhLayer(String name, int width, float most) {
        this.name = name;
        this.width = width;
        this.most = most;
    }

    /** The largest output. */
    public float most() {
        return most;
    }

    @Override
    public int inputWidth() {
        return width;
    }

    @Override
    public int outputWidth() {
        return width;
    }

    @Override
    public List<Parameter> parameters() {
        return List.of();
    }

    @Override
    public SequenceBlock forward(SequenceBlock input, Pass pass) {
        ShapeChecks.checkInput(name, width, input);
        this.input = input;
        output.reshape(input.steps(), width, input.lanes(), input.lengths());
        pass.workers().run(input.steps(), this::forward);
        return output;
    }

    private void forward(int step) {
        float[] x = input.data();
        float[] y = output.data();
        int end = input.stepOffset(step + 1);
        for (int k = input.stepOffset(step); k < end; k++) {
            y[k] = Math.min(Math.max(x[k], 0), most);
        }
    }

    @Override
    public SequenceBlock backward(
            SequenceBlock outputGradient, boolean inputGradientWanted, Pass pass) {
        ShapeChecks.checkBackward(name, input, output, outputGradient);
        if (!inputGradientWanted) {
            return null;
        }
        inputGradient.reshape(input.steps(), width, input.lanes(), input.lengths());
        pass.workers().run(input.steps(), step -> backward(outputGradient, step));
        return inputGradient;
    }

    private void backward(SequenceBlock outputGradient, int step) {
        float[] x = input.data();
        float[] dy = outputGradient.data();
        float[] dx = inputGradient.data();
        int end = input.stepOffset(step + 1);
        for (int k = input.stepOffset(step); k < end; k++) {
            dx[k] = x[k] > 0 && x[k] < most ? dy[k] : 0;
        }
    }
}
