package hlstm.trainer.run;

import static hlstm.trainer.run.Setting.Range.aboveZero;
import static hlstm.trainer.run.Setting.Range.below;
import static hlstm.trainer.run.Setting.Range.of;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hlstm.runtime.CaptioningTask.FeatureTransform;
import hlstm.runtime.ConvolutionAxis;
import hlstm.runtime.RecurrentSpec;
import hlstm.runtime.RowConvolutionSpec;
import hlstm.runtime.TranslationTask.Attention;
import hlstm.runtime.audio.FeatureSpec;
import hlstm.runtime.audio.Waveform;
import hlstm.runtime.search.BeamSettings;
import hlstm.runtime.text.BytePairCodes;
import hlstm.runtime.text.TextCoding;
import hlstm.runtime.text.TokenVocabulary;
import hlstm.sparse.Geometry;
import hlstm.trainer.run.Setting.Range;
import hlstm.trainer.run.Setting.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Every setting of a recipe: the one place for ranges and for what the settings mean. */
public final class Settings {
    /** Most elements of a list: hidden layers of a gate, convolutions. */
    static final int MOST_ELEMENTS = RecurrentSpec.MAX_HIDDEN_LAYERS;

    /** So that a square matrix of four gates still has an index for each element. */
    private static final int MOST_WIDTH = 16_384;

    private static final int MOST_TOKENS =
            TokenVocabulary.MAX_SIZE - TokenVocabulary.SPECIAL.size();

    private static final int MOST_EPOCHS = 100_000;

    private static final int MOST_KERNEL = ConvolutionAxis.MAX_KERNEL;

    private static final int MOST_LOOKAHEAD = RowConvolutionSpec.MAX_LOOKAHEAD;

    private static final Map<String, Setting> ALL = new LinkedHashMap<>();

    static {
        recipe();
        features();
        images();
        words();
        network();
        optimizer();
        training();
        augmentation();
        distillation();
        growAndPrune();
        growth();
        pruning();
        translation();
    }

    private Settings() {}

    /** The settings of the recipes of all tasks. */
    static List<Setting> all() {
        return List.copyOf(ALL.values());
    }

    /** The settings of a recipe, in the order of its file. */
    public static List<Setting> ofRecipe(Recipe recipe) {
        return recipe.settings().keySet().stream()
                .map(key -> Objects.requireNonNull(ALL.get(key), key))
                .toList();
    }

    /**
     * Checks every setting in a recipe's tree, or a part of one. Names that are no settings are for
     * the reader of the recipe to refuse.
     *
     * @throws IllegalArgumentException if one may not be what it is
     */
    static void check(ObjectNode tree) {
        check("", tree);
    }

    private static void check(String prefix, ObjectNode group) {
        for (Map.Entry<String, JsonNode> field : group.properties()) {
            String key = prefix + field.getKey();
            Setting setting = ALL.get(key);
            if (setting != null) {
                setting.check(field.getValue());
            } else if (field.getValue() instanceof ObjectNode inner) {
                check(key + ".", inner);
            } else if (isGroup(key)) {
                throw new IllegalArgumentException(
                        "%s must be an object that holds settings, found %s"
                                .formatted(key, Setting.shown(field.getValue())));
            }
        }
    }

    private static boolean isGroup(String key) {
        return ALL.keySet().stream().anyMatch(known -> known.startsWith(key + "."));
    }

    private static void recipe() {
        text("name", "what reports call the recipe");
        text("description", "what it trains, in one line");
        add("seed", Type.WHOLE, of(Long.MIN_VALUE, Long.MAX_VALUE), "decides every random choice");
        text("alphabet", "the symbols that the network may write");
    }

    private static void features() {
        whole(
                "features.sampleRate",
                Waveform.MINIMUM_RATE,
                Waveform.MAXIMUM_RATE,
                "samples a second; other sound is resampled");
        number("features.windowMillis", aboveZero(1000), "length of a window, 8 to 32768 samples");
        number("features.hopMillis", aboveZero(1000), "from one window to the next");
        whole("features.melBands", 0, MOST_WIDTH, "mel bands; 0 takes the linear bins");
        choice(
                "features.spectrum",
                List.of(FeatureSpec.MAGNITUDE, FeatureSpec.POWER),
                "what a bin holds");
        number("features.scale", aboveZero(1e6), "factor on samples in [-1, 1] before log(1 + x)");
        choice(
                "features.normalisation",
                List.of(
                        FeatureSpec.UTTERANCE,
                        FeatureSpec.BAND,
                        FeatureSpec.RUNNING,
                        FeatureSpec.NONE),
                "what has mean 0 and deviation 1; running: each band so far");
        whole("features.stack", 1, 64, "frames that make a step of the network");
        whole("features.stride", 1, 64, "frames from one step to the next, at most the stack");
    }

    private static void images() {
        choice(
                "images.transform",
                Stream.of(FeatureTransform.values()).map(FeatureTransform::label).toList(),
                "of each feature; log for probabilities");
        choice(
                "images.normalisation",
                List.of("none", "centred", "standard"),
                "centred: means 0; standard: deviations 1 too");
    }

    private static void words() {
        whole("words.minimumCount", 1, 1_000_000, "how often training must have a word");
        whole("words.mostWords", 1, 1000, "of a caption and its end; longer ones are cut");
        number("words.labelSmoothing", below(1), "share of the target for all words alike");
        whole("words.beam", 1, BeamSettings.MAX_WIDTH, "captions that scoring follows");
    }

    private static void network() {
        whole("network.embedding", 1, MOST_WIDTH, "width of the vectors of words and images");
        number("network.inputDropout", below(1), "share of these vectors that training drops");
        list("network.frontEnd.channels", 1, 4096, "convolutions by output channels; [] none");
        list("network.frontEnd.timeKernel", 1, MOST_KERNEL, "steps that an output looks at");
        list("network.frontEnd.bandKernel", 1, MOST_KERNEL, "bands that an output looks at");
        list("network.frontEnd.timeStride", 1, 64, "steps from output to output");
        list("network.frontEnd.bandStride", 1, 64, "bands from output to output");
        list("network.frontEnd.timePadding", 0, MOST_KERNEL, "steps of zero on either side");
        list("network.frontEnd.bandPadding", 0, MOST_KERNEL, "bands of zero on either side");
        whole("network.layers", 1, 32, "recurrent layers");
        whole("network.width", 1, MOST_WIDTH, "cells of a layer");
        list(
                "network.gateHidden",
                1,
                MOST_WIDTH,
                "widths of the gates' hidden layers; [] is a plain LSTM");
        flag("network.sharedHidden", "whether the four gates share their hidden layers");
        flag("network.bidirectional", "whether layers also read backwards; sums both directions");
        whole("network.lookahead", 0, MOST_LOOKAHEAD, "of a row convolution on top; 0 is none");
        flag("network.batchNorm", "whether layers after the first normalise their inputs");
        number("network.dropout", below(1), "share of a layer's outputs that training drops");
        number("network.gateDropout", below(1), "share of gate hidden units that training drops");
        number("network.rectifierSlope", below(1), "leaky ReLU until the first cut; 0 is ReLU");
    }

    private static void optimizer() {
        choice("optimizer.method", List.of("adam", "sgd"), "sgd has Nesterov momentum");
        number("optimizer.learningRate", aboveZero(100), "after the warm-up");
        number("optimizer.momentum", below(1), "of sgd; decay of adam's first moment");
        number("optimizer.secondMoment", below(1), "decay of adam's second moment");
        number("optimizer.epsilon", aboveZero(1), "of adam");
        number("optimizer.weightDecay", of(0, 100), "L2 penalty on weights, not on biases");
        number("optimizer.clipNorm", of(0, 1e9), "largest norm of the gradient; 0 does not clip");
        number("optimizer.averageDecay", below(1), "of the weights' average; 0 does not average");
        choice("optimizer.schedule", OptimizerSettings.SCHEDULES, "how the learning rate falls");
        number("optimizer.divisor", of(1, 1000), "of schedules exponential and plateau");
        number("optimizer.floor", below(1), "last rate of cosine and plateau, as a share");
        number("optimizer.warmupEpochs", of(0, MOST_EPOCHS), "over which the rate rises");
    }

    private static void training() {
        whole("training.epochs", 1, MOST_EPOCHS, "most passes over the training set");
        whole("training.batchSize", 1, 4096, "examples of a batch");
        flag("training.shortestFirst", "whether epoch 1 goes from short to long examples");
        whole("training.evaluationInterval", 1, MOST_EPOCHS, "epochs between evaluations");
        whole("training.patience", 0, MOST_EPOCHS, "evaluations without gain; 0 never stops");
        whole("training.threads", 0, 1024, "0: one a processor; the result is the same");
    }

    private static void augmentation() {
        number("augmentation.speed", of(0, 0.5), "largest relative change of the speed");
        number("augmentation.tempo", of(0, 0.5), "largest change of the tempo at equal pitch");
        number("augmentation.gainDecibels", of(0, 60), "largest change of the loudness");
        number("augmentation.noise", of(0, 10), "largest white noise, relative to the sound");
        whole("augmentation.timeMasks", 0, 100, "stretches of time that are blanked");
        number("augmentation.timeMaskShare", of(0, 1), "longest share of the frames of each");
        whole("augmentation.bandMasks", 0, 100, "stretches of bands that are blanked");
        number("augmentation.bandMaskShare", of(0, 1), "largest share of the bands of each");
        flag("augmentation.shift", "whether steps may begin with any frame of a stride");
    }

    private static void distillation() {
        number("distillation.weight", of(0, 1), "share of the loss that follows a teacher");
    }

    private static void growAndPrune() {
        List<String> geometries =
                Stream.concat(
                                Stream.of(GrowAndPruneSettings.DENSE),
                                Stream.of(Geometry.values()).map(Geometry::label))
                        .toList();
        flag("growAndPrune.enabled", "false keeps all matrices dense");
        choice("growAndPrune.goal.kind", GoalSettings.KINDS, "what pruning is to reach");
        number(
                "growAndPrune.goal.value",
                of(0, 1e12),
                "gate weights at most; score in percent; microseconds at most");
        choice("growAndPrune.geometry.input", geometries, "of matrices on a cell's input");
        choice("growAndPrune.geometry.recurrent", geometries, "of matrices on its last output");
        choice("growAndPrune.geometry.hidden", geometries, "of matrices on gate hidden layers");
        choice(
                "growAndPrune.geometry.attention",
                geometries,
                "of matrices around attention; translation");
        choice("growAndPrune.geometry.output", geometries, "of the output layer's matrix");
        choice(
                "growAndPrune.target.kind",
                List.of("none", "fixed", "near-best"),
                "the score that a small network must have");
        number("growAndPrune.target.wer", of(0, 1000), "for fixed: word error rate in percent");
        number("growAndPrune.target.tolerance", of(0, 1000), "for near-best: points of the score");
        number("growAndPrune.seedDensity", aboveZero(1), "connections at the start, as a share");
        flag("growAndPrune.keepRecurrentDiagonal", "whether a unit keeps its own last output");
        whole("growAndPrune.settleEpochs", 1, MOST_EPOCHS, "from growth to the first cut");
    }

    private static void growth() {
        choice(
                "growAndPrune.growth.score",
                List.of("gradient", "random"),
                "which connections are woken");
        whole("growAndPrune.growth.gradientBatches", 1, 1_000_000, "that gather the gradient");
        number("growAndPrune.growth.share", aboveZero(1), "woken by an event, of all elements");
        whole("growAndPrune.growth.interval", 1, MOST_EPOCHS, "epochs from event to event");
        whole("growAndPrune.growth.maxEvents", 0, MOST_EPOCHS, "at most; 0 does not grow");
        number("growAndPrune.growth.densityCap", aboveZero(1), "where a matrix stops growing");
        number("growAndPrune.growth.movedShare", of(0, 1), "that move in their bank; banked8");
    }

    private static void pruning() {
        choice(
                "growAndPrune.pruning.method",
                List.of("none", "iterative", "gradual"),
                "gradual cuts by a schedule, iterative by the target");
        number("growAndPrune.pruning.share", aboveZero(1), "of what is left, by an iterative cut");
        number("growAndPrune.pruning.minimumShare", aboveZero(1), "where iterative cuts end");
        whole("growAndPrune.pruning.epochs", 1, MOST_EPOCHS, "gradual cuts, one an epoch");
        whole(
                "growAndPrune.pruning.retrainEpochs",
                1,
                MOST_EPOCHS,
                "after an iterative or the last gradual cut");
        number("growAndPrune.pruning.targetDensity", of(0, 1), "where pruning ends");
        number(
                "growAndPrune.pruning.outputDensity",
                of(0, 1),
                "where it ends for attention and output; 0 for targetDensity");
        number(
                "growAndPrune.pruning.groupLasso",
                of(0, 1000),
                "draws what pruning takes to zero; times the rate, a step");
    }

    private static void translation() {
        choice(
                "task",
                List.of("captioning", "translation"),
                "what is trained; of speech there is none");
        text("text.source", "the source language, as names of files end");
        text("text.target", "the target language, as names of files end");
        choice(
                "text.unit",
                Stream.of(TextCoding.Unit.values()).map(TextCoding.Unit::label).toList(),
                "what a token is; codes are parts of words");
        whole("text.merges", 0, BytePairCodes.MAX_MERGES, "of codes, learnt from both languages");
        number(
                "text.mergeDropout",
                of(0, 1),
                "share of merges passed over in training (BPE-dropout)");
        whole("text.minimumCount", 1, 1_000_000, "how often a token must occur to be known");
        whole("text.mostTokens", 1, MOST_TOKENS, "tokens of a language that are known");
        whole("text.longest", 1, 10_000, "tokens of a sentence that is trained on");
        whole("translator.embedding", 1, MOST_WIDTH, "width of the embeddings of tokens");
        number(
                "translator.embeddingBound",
                aboveZero(10),
                "embeddings begin uniform between its negative and itself");
        whole("translator.width", 1, MOST_WIDTH, "cells of a layer");
        whole("translator.encoderLayers", 1, 32, "layers that read the source");
        whole("translator.decoderLayers", 1, 32, "layers that write the target");
        add(
                "translator.gateHidden",
                Type.LIST,
                of(1, MOST_WIDTH),
                "widths of the gates' hidden layers; [] is a plain LSTM");
        flag("translator.sharedHidden", "whether the four gates share their hidden layers");
        flag("translator.bidirectional", "whether the encoder also reads backwards");
        flag(
                "translator.concatenated",
                "directions of half as many cells, side by side, not summed");
        choice(
                "translator.attention",
                Stream.of(Attention.values()).map(Attention::label).toList(),
                "how scores of source tokens are made");
        flag("translator.tiedOutput", "whether the output layer has the target's embeddings");
        number("translator.dropout", below(1), "on embeddings, layers and the output");
        number("translator.gateDropout", below(1), "share of gate hidden units that drop");
        number("translator.rectifierSlope", below(1), "leaky ReLU until the first cut; 0: ReLU");
        number("translator.labelSmoothing", below(1), "share of a target for all tokens alike");
    }

    private static void text(String key, String meaning) {
        add(key, Type.TEXT, null, meaning);
    }

    private static void flag(String key, String meaning) {
        add(key, Type.FLAG, null, meaning);
    }

    private static void whole(String key, int least, int most, String meaning) {
        add(key, Type.WHOLE, of(least, most), meaning);
    }

    private static void list(String key, int least, int most, String meaning) {
        add(key, Type.LIST, of(least, most), meaning);
    }

    private static void number(String key, Range range, String meaning) {
        add(key, Type.NUMBER, range, meaning);
    }

    private static void choice(String key, List<String> choices, String meaning) {
        ALL.put(key, new Setting(key, Type.TEXT, null, List.copyOf(choices), meaning));
    }

    private static void add(String key, Type type, Range range, String meaning) {
        ALL.put(key, new Setting(key, type, range, List.of(), meaning));
    }
}
