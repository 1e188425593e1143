package hlstm.trainer.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hlstm.runtime.audio.FeatureExtractor;
import hlstm.runtime.audio.FeatureSpec;
import hlstm.runtime.audio.Waveform;
import hlstm.runtime.decode.Alphabet;
import hlstm.trainer.layers.SequenceBlock;
import hlstm.trainer.layers.ThreadWorkers;
import hlstm.trainer.layers.Workers;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BatchLoaderTest {
    private static final FeatureSpec SPEC = FeatureSpec.mel(16_000, 20, 2);
    private static final Augmentation EVERYTHING =
            new Augmentation(0.1, 0, 6, 0.1, 2, 0.2, 2, 0.3, true);

    private final Workers one = new ThreadWorkers(1);
    private final Workers three = new ThreadWorkers(3);

    @AfterEach
    void close() {
        one.close();
        three.close();
    }

    private static FeatureSet features(Workers workers) throws IOException {
        return FeatureSet.compute(
                SmallCorpus.of(9), new FeatureExtractor(SPEC), Alphabet.english(), workers);
    }

    @Test
    void featuresAreThoseOfTheExtractorWhateverTheWorkers() throws IOException {
        FeatureSet set = features(three);
        FeatureSet same = features(one);
        FeatureExtractor extractor = new FeatureExtractor(SPEC);
        long total = 0;
        for (int i = 0; i < set.size(); i++) {
            float[] expected =
                    extractor.extract(set.corpus().utterances().get(i).audio().load().samples());
            assertArrayEquals(expected, set.features(i));
            assertArrayEquals(expected, same.features(i));
            assertEquals(expected.length, set.steps(i) * set.width());
            total += set.steps(i);
        }
        assertEquals(total, set.totalSteps());
        assertArrayEquals(Alphabet.english().encode("TWO TWO"), set.labels(3));
    }

    @Test
    void batchesHoldEachUtteranceInItsLane() throws IOException {
        FeatureSet set = features(one);
        BatchLoader loader = BatchLoader.plain(set, 8);
        loader.load(new int[] {8, 7, 6, 5, 4, 3, 2, 1, 0}, 0, one);
        Batch batch = loader.load(new int[] {4, 0, 7}, 0, three);
        SequenceBlock block = batch.input();
        assertEquals(3, batch.size());
        assertEquals(8, block.lanes());
        assertEquals(40, block.features());
        assertEquals(set.steps(7), block.steps());
        assertEquals(7, batch.index(2));
        assertSame(set.labels(0), batch.labels()[1]);
        for (int lane = 0; lane < 8; lane++) {
            float[] expected = lane < 3 ? set.features(batch.index(lane)) : new float[0];
            assertEquals(expected.length / 40, block.length(lane));
            for (int i = 0; i < block.steps() * 40; i++) {
                float value = i < expected.length ? expected[i] : 0;
                assertEquals(value, block.data()[i * 8 + lane]);
            }
        }
    }

    @Test
    void lanesAreAMultiple() throws IOException {
        FeatureSet set = features(one);
        int[] all = {0, 1, 2, 3, 4, 5, 6, 7, 8};
        assertEquals(16, BatchLoader.plain(set, 8).load(all, 0, one).input().lanes());
        assertEquals(9, BatchLoader.plain(set, 1).load(all, 0, one).input().lanes());
    }

    @Test
    void variationDependsOnSeedEpochAndUtteranceAlone() throws IOException {
        FeatureSet set = features(one);
        float[] alone = lane(new BatchLoader(set, EVERYTHING, 1, 1), new int[] {5}, 0, 2, one);
        float[] among =
                lane(new BatchLoader(set, EVERYTHING, 1, 8), new int[] {8, 5, 1}, 1, 2, three);
        assertArrayEquals(alone, among);
        BatchLoader again = new BatchLoader(set, EVERYTHING, 1, 8);
        assertFalse(Arrays.equals(alone, lane(again, new int[] {5}, 0, 3, one)));
        BatchLoader other = new BatchLoader(set, EVERYTHING, 2, 8);
        assertFalse(Arrays.equals(alone, lane(other, new int[] {5}, 0, 2, one)));
        assertArrayEquals(
                set.features(5), lane(BatchLoader.plain(set, 8), new int[] {5}, 0, 2, one));
    }

    /** The features of the sequence in a lane. */
    private static float[] lane(
            BatchLoader loader, int[] indices, int lane, int epoch, Workers workers) {
        SequenceBlock block = loader.load(indices, epoch, workers).input();
        float[] features = new float[block.length(lane) * block.features()];
        for (int i = 0; i < features.length; i++) {
            features[i] = block.data()[i * block.lanes() + lane];
        }
        return features;
    }

    @Test
    void masksBlankBandsAndStretchesAndNothingElse() throws IOException {
        FeatureSet set = features(one);
        Augmentation masks = new Augmentation(0, 0, 0, 0, 1, 0.5, 1, 0.5, false);
        BatchLoader loader = new BatchLoader(set, masks, 3, 8);
        float[] plain = set.features(8);
        int blanked = 0;
        for (int epoch = 0; epoch < 20; epoch++) {
            float[] masked = lane(loader, new int[] {8}, 0, epoch, one);
            assertEquals(plain.length, masked.length);
            for (int i = 0; i < plain.length; i++) {
                if (masked[i] != plain[i]) {
                    assertEquals(0, masked[i]);
                    blanked++;
                }
            }
        }
        double share = blanked / 20.0 / plain.length;
        assertTrue(share > 0.2 && share < 0.6, "share " + share);
        assertArrayEquals(plain, set.features(8));
    }

    @Test
    void shiftsBeginWithAnyFrameOfTheStride() throws IOException {
        FeatureSet set = features(one);
        Augmentation shift = new Augmentation(0, 0, 0, 0, 0, 0, 0, 0, true);
        BatchLoader loader = new BatchLoader(set, shift, 3, 8);
        float[] later = set.extractor().stack(set.frames(4), 1);
        int shifted = 0;
        for (int epoch = 0; epoch < 40; epoch++) {
            float[] features = lane(loader, new int[] {4}, 0, epoch, one);
            if (Arrays.equals(later, features)) {
                shifted++;
            } else {
                assertArrayEquals(set.features(4), features);
            }
        }
        assertTrue(shifted > 8 && shifted < 32, "shifted " + shifted);
    }

    @Test
    void speedChangesTheLength() throws IOException {
        FeatureSet set = features(one);
        Augmentation speed = new Augmentation(0.2, 0, 0, 0, 0, 0, 0, 0, false);
        BatchLoader loader = new BatchLoader(set, speed, 3, 8);
        int shortest = Integer.MAX_VALUE;
        int longest = 0;
        for (int epoch = 0; epoch < 30; epoch++) {
            int steps = loader.load(new int[] {8}, epoch, one).input().steps();
            shortest = Math.min(shortest, steps);
            longest = Math.max(longest, steps);
        }
        int usual = set.steps(8);
        assertTrue(shortest < 0.92 * usual && shortest >= 0.8 * usual, "shortest " + shortest);
        assertTrue(longest > 1.08 * usual && longest <= 1.3 * usual, "longest " + longest);
    }

    @Test
    void soundTooShortForItsTranscriptIsRefusedByName() {
        Utterance brief =
                new Utterance(
                        "brief",
                        "s",
                        "AABB",
                        AudioSource.of(new Waveform(SmallCorpus.noise(320 + 9 * 160, 1), 16_000)));
        FeatureExtractor extractor = new FeatureExtractor(SPEC);
        Corpus corpus = new Corpus("c", List.of(brief));
        CorpusException refusal =
                assertThrows(
                        CorpusException.class,
                        () -> FeatureSet.compute(corpus, extractor, Alphabet.english(), one));
        assertTrue(
                refusal.getMessage().contains("utterance brief has 5 steps, but CTC needs 6"),
                refusal.getMessage());
    }

    @Test
    void variationNeverMakesSoundTooShort() throws IOException {
        Utterance brief =
                new Utterance(
                        "brief",
                        "s",
                        "ABABA",
                        AudioSource.of(new Waveform(SmallCorpus.noise(320 + 9 * 160, 1), 16_000)));
        FeatureSet set =
                FeatureSet.compute(
                        new Corpus("c", List.of(brief)),
                        new FeatureExtractor(SPEC),
                        Alphabet.english(),
                        one);
        BatchLoader loader =
                new BatchLoader(set, new Augmentation(0.3, 0, 0, 0, 0, 0, 0, 0, true), 1, 8);
        for (int epoch = 0; epoch < 30; epoch++) {
            assertTrue(loader.load(new int[] {0}, epoch, one).input().steps() >= 5);
        }
    }

    @Test
    void soundThatCannotBeReadIsReported() {
        Utterance broken =
                new Utterance(
                        "broken",
                        "s",
                        "A",
                        () -> {
                            throw new IOException("disk on fire");
                        });
        Corpus corpus = new Corpus("c", List.of(broken));
        IOException failure =
                assertThrows(
                        IOException.class,
                        () ->
                                FeatureSet.compute(
                                        corpus,
                                        new FeatureExtractor(SPEC),
                                        Alphabet.english(),
                                        three));
        assertEquals("disk on fire", failure.getMessage());
    }

    @Test
    void strengthsOutOfRangeAreRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new Augmentation(0.9, 0, 0, 0, 0, 0, 0, 0, false));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Augmentation(0, 0, 0, 0, 1, 1.5, 0, 0, false));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Augmentation(Double.NaN, 0, 0, 0, 0, 0, 0, 0, false));
    }
}
