package hlstm.trainer.run;

import hlstm.runtime.ConvolutionAxis;
import hlstm.runtime.ConvolutionSpec;
import hlstm.trainer.layers.HardTanhLayer;
import java.util.ArrayList;
import java.util.List;

/**
 * The convolutions of a recipe between the features and the recurrent layers, each with batch norm
 * and a hard tanh to [0, 20] behind it. Every list has an element for each convolution; empty lists
 * are no front end.
 *
 * @param channels output channels
 * @param timeKernel steps that an output is computed from
 * @param bandKernel bands that an output is computed from
 * @param timeStride steps from one output to the next
 * @param bandStride bands from one output to the next
 * @param timePadding steps of zero on either side
 * @param bandPadding bands of zero on either side
 */
public record FrontEndSettings(
        List<Integer> channels,
        List<Integer> timeKernel,
        List<Integer> bandKernel,
        List<Integer> timeStride,
        List<Integer> bandStride,
        List<Integer> timePadding,
        List<Integer> bandPadding) {
    /** Checks that all lists are of one length; a {@link Recipe} checks ranges. */
    public FrontEndSettings {
        channels = List.copyOf(channels);
        timeKernel = sameLength("timeKernel", timeKernel, channels.size());
        bandKernel = sameLength("bandKernel", bandKernel, channels.size());
        timeStride = sameLength("timeStride", timeStride, channels.size());
        bandStride = sameLength("bandStride", bandStride, channels.size());
        timePadding = sameLength("timePadding", timePadding, channels.size());
        bandPadding = sameLength("bandPadding", bandPadding, channels.size());
    }

    private static List<Integer> sameLength(String name, List<Integer> list, int length) {
        if (list.size() != length) {
            throw new IllegalArgumentException(
                    "%s must have an element for each of the %d convolutions of channels, found %s"
                            .formatted(name, length, list));
        }
        return List.copyOf(list);
    }

    /** Whether there is no convolution. */
    boolean isNone() {
        return channels.isEmpty();
    }

    /**
     * The convolutions over features of so many bands.
     *
     * @throws IllegalArgumentException if one does not fit what comes before it; the message says
     *     which
     */
    List<ConvolutionSpec> convolutions(int bands) {
        List<ConvolutionSpec> convolutions = new ArrayList<>();
        int bins = bands;
        int inputChannels = 1;
        for (int n = 0; n < channels.size(); n++) {
            ConvolutionSpec convolution;
            try {
                convolution =
                        new ConvolutionSpec(
                                bins,
                                inputChannels,
                                channels.get(n),
                                new ConvolutionAxis(
                                        timeKernel.get(n), timeStride.get(n), timePadding.get(n)),
                                new ConvolutionAxis(
                                        bandKernel.get(n), bandStride.get(n), bandPadding.get(n)),
                                HardTanhLayer.DEEP_SPEECH_2);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "network.frontEnd, convolution %d: %s".formatted(n + 1, e.getMessage()), e);
            }
            convolutions.add(convolution);
            bins = convolution.outputBins();
            inputChannels = convolution.outputChannels();
        }
        return convolutions;
    }

    /** Output steps of a number of input steps. */
    int outputSteps(int steps, int bands) {
        int count = steps;
        for (ConvolutionSpec convolution : convolutions(bands)) {
            count = convolution.outputSteps(count);
        }
        return count;
    }
}
