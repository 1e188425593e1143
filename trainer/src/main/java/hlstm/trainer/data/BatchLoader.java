package hlstm.trainer.data;

import hlstm.runtime.audio.FeatureExtractor;
import hlstm.runtime.audio.FeatureSpec;
import hlstm.trainer.layers.SequenceBlock;
import hlstm.trainer.layers.Workers;
import java.util.SplittableRandom;

/**
 * Fills batches with utterances of a feature set, varied as an {@link Augmentation} says. What
 * comes out depends on the seed, the epoch and the utterance alone: neither on the batch nor on the
 * number of workers. Reuses its buffers, and belongs to one training loop at a time.
 */
public final class BatchLoader {
    /** Elements of a lane that one task copies. */
    private static final int COPIED_AT_ONCE = 1 << 12;

    private final FeatureSet set;
    private final Augmentation augmentation;
    private final SoundAugmenter sound;
    private final FeatureMasks masks;
    private final long seed;
    private final int laneMultiple;
    private final Batch batch = new Batch();

    /**
     * A loader.
     *
     * @param seed decides the variations
     * @param laneMultiple blocks get a multiple of this many lanes
     */
    public BatchLoader(FeatureSet set, Augmentation augmentation, long seed, int laneMultiple) {
        if (laneMultiple < 1) {
            throw new IllegalArgumentException(
                    "lanes must come in positive multiples, found " + laneMultiple);
        }
        FeatureSpec spec = set.extractor().spec();
        this.set = set;
        this.augmentation = augmentation;
        this.sound = new SoundAugmenter(augmentation, spec.sampleRate());
        this.masks = new FeatureMasks(augmentation, spec.bands());
        this.seed = seed;
        this.laneMultiple = laneMultiple;
    }

    /** A loader of utterances as they are, for scoring. */
    public static BatchLoader plain(FeatureSet set, int laneMultiple) {
        return new BatchLoader(set, Augmentation.NONE, 0, laneMultiple);
    }

    /**
     * Loads the utterances of these indices.
     *
     * @throws java.io.UncheckedIOException if the sound is varied and cannot be read any more
     */
    public Batch load(int[] indices, int epoch, Workers workers) {
        float[][] features = new float[indices.length][];
        int[][] labels = new int[indices.length][];
        workers.run(indices.length, lane -> features[lane] = features(indices[lane], epoch));

        int width = set.width();
        int[] lengths = new int[indices.length];
        int steps = 0;
        for (int lane = 0; lane < indices.length; lane++) {
            labels[lane] = set.labels(indices[lane]);
            lengths[lane] = features[lane].length / width;
            steps = Math.max(steps, lengths[lane]);
        }
        int lanes = Math.ceilDiv(indices.length, laneMultiple) * laneMultiple;
        SequenceBlock block = batch.input();
        block.reshape(steps, width, lanes, lengths);
        float[] data = block.data();
        workers.run(
                Math.ceilDiv(steps * width, COPIED_AT_ONCE),
                task -> interleave(features, data, lanes, task * COPIED_AT_ONCE));
        batch.take(indices.clone(), labels);
        return batch;
    }

    private static void interleave(float[][] features, float[] data, int lanes, int begin) {
        for (int lane = 0; lane < features.length; lane++) {
            float[] from = features[lane];
            int end = Math.min(begin + COPIED_AT_ONCE, from.length);
            for (int i = begin; i < end; i++) {
                data[i * lanes + lane] = from[i];
            }
        }
    }

    private float[] features(int index, int epoch) {
        SplittableRandom random = new SplittableRandom(Seeds.derive(seed, epoch, index));
        FeatureExtractor extractor = set.extractor();
        float[] frames = set.frames(index);
        if (augmentation.changesSound()) {
            frames = extractor.frames(sound.vary(set.samples(index), random));
        }
        if (augmentation.masks()) {
            frames = frames == set.frames(index) ? frames.clone() : frames;
            masks.apply(frames, random);
        }
        int count = frames.length / extractor.spec().bands();
        int first =
                augmentation.shift()
                        ? random.nextInt(Math.min(extractor.spec().stride(), count))
                        : 0;
        float[] features = extractor.stack(frames, first);
        // Sound that became too short for its transcript would teach nothing.
        boolean enough = set.fits(index, features.length / set.width());
        return enough ? features : set.features(index);
    }
}
