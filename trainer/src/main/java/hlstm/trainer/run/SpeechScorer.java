package hlstm.trainer.run;

import hlstm.runtime.decode.CtcGreedyDecoder;
import hlstm.sparse.Kernels;
import hlstm.trainer.data.Batch;
import hlstm.trainer.data.BatchLoader;
import hlstm.trainer.data.FeatureSet;
import hlstm.trainer.data.LengthBuckets;
import hlstm.trainer.layers.Network;
import hlstm.trainer.layers.Pass;
import hlstm.trainer.layers.SequenceBlock;
import hlstm.trainer.layers.Workers;
import hlstm.trainer.metrics.CharacterErrorRate;
import hlstm.trainer.metrics.WordErrorRate;
import java.util.List;

/** Transcribes the development set by greedy decoding and counts the errors. */
final class SpeechScorer {
    private final FeatureSet set;
    private final BatchLoader loader;
    private final List<int[]> batches;
    private final CtcGreedyDecoder decoder;
    private final Pass pass;

    SpeechScorer(
            FeatureSet set,
            int batchSize,
            int laneMultiple,
            CtcGreedyDecoder decoder,
            Kernels kernels,
            Workers workers) {
        this.set = set;
        this.loader = BatchLoader.plain(set, laneMultiple);
        this.batches = new LengthBuckets(set.allSteps(), batchSize, 0, false).byLength();
        this.decoder = decoder;
        this.pass = new Pass(kernels, workers, false, 0);
    }

    /**
     * The word and character error rate of a network.
     *
     * @throws IllegalArgumentException if it gives NaN
     */
    Scores score(Network network) {
        WordErrorRate words = new WordErrorRate();
        CharacterErrorRate characters = new CharacterErrorRate();
        StringBuilder text = new StringBuilder();
        for (int[] indices : batches) {
            Batch batch = loader.load(indices, 0, pass.workers());
            SequenceBlock logits = network.forward(batch.input(), pass);
            for (int lane = 0; lane < batch.size(); lane++) {
                text.setLength(0);
                decoder.decode(
                        logits.data(),
                        lane,
                        logits.length(lane),
                        logits.features() * logits.lanes(),
                        logits.lanes(),
                        text);
                String heard = text.toString().strip();
                String said = set.corpus().utterances().get(batch.index(lane)).transcript();
                words.add(said, heard);
                characters.add(said, heard);
            }
        }
        return new Scores(100 * words.rate(), 100 * characters.rate());
    }
}
