package hlstm.bench.peers;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import hlstm.bench.CaptionStack;
import hlstm.bench.onnx.OnnxCaptioner;
import hlstm.bench.onnx.OnnxLstm;
import hlstm.runtime.search.BeamSearch;
import hlstm.runtime.search.BeamSettings;
import hlstm.runtime.search.StepScorer;
import hlstm.runtime.text.TokenVocabulary;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes captions. The states of all hypotheses lie in two sets of buffers outside the heap: one is
 * read, the other written; a hypothesis is a row of each.
 */
final class OnnxCaptionStream implements PeerStream, StepScorer {
    private final OrtSession imageSession;
    private final OrtSession stepSession;
    private final TokenVocabulary vocabulary;
    private final int features;
    private final int width;
    private final int hypotheses;
    private final int mostWords;
    private final BeamSearch search;

    /** The vectors of the words, one behind the other. */
    private final float[] words;

    private final OnnxBuffer image;
    private final OnnxBuffer vector;
    private final OnnxBuffer x;
    private final OnnxBuffer scores;
    private final List<OnnxBuffer> buffers = new ArrayList<>();
    private final List<Map<String, OnnxTensor>> inputs = new ArrayList<>();
    private final List<Map<String, OnnxTensor>> outputs = new ArrayList<>();
    private final List<List<OnnxBuffer>> states = List.of(new ArrayList<>(), new ArrayList<>());
    private final float[] row;
    private final float[] zeros;
    private final float[] result = new float[1];
    private int from;

    OnnxCaptionStream(
            OrtEnvironment environment,
            OrtSession imageSession,
            OrtSession stepSession,
            CaptionStack captioner,
            BeamSettings beam,
            int mostWords)
            throws OrtException {
        this.imageSession = imageSession;
        this.stepSession = stepSession;
        this.mostWords = mostWords;
        vocabulary = captioner.task().vocabulary();
        features = captioner.task().featureWidth();
        width = captioner.width();
        hypotheses = beam.width();
        words = wordVectors(captioner);
        row = new float[width];
        zeros = new float[hypotheses * width];
        image = buffer(environment, 1, features);
        vector = buffer(environment, 1, width);
        x = buffer(environment, 1, hypotheses, width);
        scores = buffer(environment, 1, hypotheses, vocabulary.size());
        for (int set = 0; set < 2; set++) {
            inputs.add(new HashMap<>(Map.of(OnnxLstm.INPUT, x.tensor())));
            outputs.add(new HashMap<>(Map.of(OnnxCaptioner.SCORES, scores.tensor())));
        }
        for (int set = 0; set < 2; set++) {
            for (int n = 0; n < captioner.layers().layers().size(); n++) {
                for (String state : List.of(OnnxLstm.h(n), OnnxLstm.c(n))) {
                    OnnxBuffer buffer = buffer(environment, 1, hypotheses, width);
                    states.get(set).add(buffer);
                    inputs.get(set).put(state, buffer.tensor());
                    outputs.get(1 - set).put(OnnxLstm.next(state), buffer.tensor());
                }
            }
        }
        search = new BeamSearch(this, beam, TokenVocabulary.END);
    }

    private static float[] wordVectors(CaptionStack captioner) {
        int features = captioner.task().featureWidth();
        int count = captioner.task().vocabulary().size();
        int width = captioner.width();
        float[] vectors = new float[count * width];
        for (int word = 0; word < count; word++) {
            for (int k = 0; k < width; k++) {
                vectors[word * width + k] =
                        captioner.vectors()[k * (features + count) + features + word];
            }
        }
        return vectors;
    }

    private OnnxBuffer buffer(OrtEnvironment environment, long... shape) throws OrtException {
        OnnxBuffer buffer = OnnxBuffer.zeros(environment, shape);
        buffers.add(buffer);
        return buffer;
    }

    @Override
    public float[] run(float[] given) {
        image.floats().put(0, given);
        try {
            imageSession
                    .run(
                            Map.of(OnnxCaptioner.IMAGE, image.tensor()),
                            Map.of(OnnxCaptioner.VECTOR, vector.tensor()))
                    .close();
        } catch (OrtException e) {
            throw OnnxPeer.failure(e);
        }
        vector.floats().get(0, row);
        x.floats().put(0, row);
        states.get(from).forEach(state -> state.floats().put(0, zeros));
        step();
        search.search(TokenVocabulary.BEGIN, mostWords + 1);
        result[0] = (float) search.logProbability(0);
        return result;
    }

    /** The symbols of the best caption of the last run. */
    int[] best() {
        int[] symbols = new int[search.length(0)];
        search.symbols(0, symbols);
        return symbols;
    }

    private void step() {
        try {
            stepSession.run(inputs.get(from), outputs.get(from)).close();
        } catch (OrtException e) {
            throw OnnxPeer.failure(e);
        }
        from = 1 - from;
    }

    @Override
    public int symbols() {
        return vocabulary.size();
    }

    @Override
    public int slots() {
        return hypotheses;
    }

    @Override
    public void step(int count, int[] slots, int[] symbols, float[] into) {
        for (int k = 0; k < count; k++) {
            x.floats().put(slots[k] * width, words, symbols[k] * width, width);
        }
        step();
        int size = vocabulary.size();
        for (int k = 0; k < count; k++) {
            scores.floats().get(slots[k] * size, into, k * size, size);
            into[k * size + TokenVocabulary.UNKNOWN] = Float.NEGATIVE_INFINITY;
            into[k * size + TokenVocabulary.BEGIN] = Float.NEGATIVE_INFINITY;
        }
    }

    @Override
    public void copy(int source, int target) {
        for (OnnxBuffer state : states.get(from)) {
            state.floats().get(source * width, row);
            state.floats().put(target * width, row);
        }
    }

    @Override
    public void close() {
        buffers.forEach(OnnxBuffer::close);
    }
}
