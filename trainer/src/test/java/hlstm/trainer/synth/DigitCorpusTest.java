package hlstm.trainer.synth;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hlstm.runtime.audio.Waveform;
import hlstm.trainer.data.Corpus;
import hlstm.trainer.data.CorpusSplit;
import hlstm.trainer.data.Utterance;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DigitCorpusTest {
    private static final DigitCorpusSpec SPEC =
            new DigitCorpusSpec(16_000, 300, 100, 8, 4, 5, 10, 40, 7);

    private final CorpusSplit split = DigitCorpus.generate(SPEC);

    private static Set<String> transcripts(Corpus corpus) {
        Set<String> transcripts = new HashSet<>();
        corpus.utterances().forEach(u -> transcripts.add(u.transcript()));
        return transcripts;
    }

    @Test
    void trainingAndDevShareNeitherVoicesNorStrings() {
        assertEquals(300, split.train().size());
        assertEquals(100, split.dev().size());
        assertEquals(8, split.train().speakers().size());
        assertEquals(4, split.dev().speakers().size());
        Set<String> voices = split.train().speakers();
        assertFalse(split.dev().speakers().stream().anyMatch(voices::contains));
        Set<String> strings = transcripts(split.train());
        assertFalse(transcripts(split.dev()).stream().anyMatch(strings::contains));
    }

    @Test
    void bothSidesHaveAllDigitsAndLengths() throws IOException {
        for (Corpus corpus : new Corpus[] {split.train(), split.dev()}) {
            Set<String> digits = new TreeSet<>();
            Set<Integer> lengths = new TreeSet<>();
            for (String transcript : transcripts(corpus)) {
                String[] words = transcript.split(" ");
                digits.addAll(Arrays.asList(words));
                lengths.add(words.length);
            }
            assertEquals(10, digits.size());
            assertEquals(Set.of(1, 2, 3, 4, 5), lengths);
            assertEquals(corpus.size(), corpus.labels(DigitCorpus.alphabet()).length);
        }
    }

    @Test
    void theSameSeedGivesTheSameBits() throws IOException {
        CorpusSplit again = DigitCorpus.generate(SPEC);
        for (int i = 0; i < 20; i++) {
            Utterance one = split.train().utterances().get(i);
            Utterance other = again.train().utterances().get(i);
            assertEquals(one.id(), other.id());
            assertEquals(one.transcript(), other.transcript());
            assertArrayEquals(one.audio().load().samples(), other.audio().load().samples());
        }
        Waveform other =
                DigitCorpus.generate(new DigitCorpusSpec(16_000, 1, 1, 8, 4, 5, 10, 40, 8))
                        .train()
                        .utterances()
                        .getFirst()
                        .audio()
                        .load();
        Waveform first = split.train().utterances().getFirst().audio().load();
        assertFalse(Arrays.equals(first.samples(), other.samples()));
    }

    @ParameterizedTest
    @ValueSource(ints = {8_000, 16_000, 48_000})
    void soundIsFiniteWithinRangeAndOfPlausibleLength(int rate) throws IOException {
        DigitCorpusSpec spec = new DigitCorpusSpec(rate, 40, 1, 40, 1, 5, 10, 40, 3);
        for (Utterance utterance : DigitCorpus.generate(spec).train().utterances()) {
            Waveform sound = utterance.audio().load();
            assertEquals(rate, sound.sampleRate());
            int digits = utterance.transcript().split(" ").length;
            double seconds = sound.seconds();
            assertTrue(
                    seconds > 0.1 + 0.12 * digits && seconds < 0.6 + 0.85 * digits,
                    "%s: %.2f s".formatted(utterance.transcript(), seconds));
            float peak = 0;
            for (float sample : sound.samples()) {
                assertTrue(Float.isFinite(sample));
                peak = Math.max(peak, Math.abs(sample));
            }
            assertTrue(peak > 0.03 && peak < 1, "peak " + peak);
        }
    }

    @Test
    void twoRecordingsOfAStringDiffer() throws IOException {
        Set<String> seen = new HashSet<>();
        for (Utterance utterance : split.train().utterances()) {
            seen.add(utterance.transcript() + utterance.audio().load().samples().length);
        }
        assertTrue(seen.size() > 290, "different recordings: " + seen.size());
    }

    @Test
    void impossibleSpecificationsAreRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new DigitCorpusSpec(4_000, 1, 1, 1, 1, 5, 10, 40, 1));
        assertThrows(
                IllegalArgumentException.class,
                () -> new DigitCorpusSpec(16_000, 0, 1, 1, 1, 5, 10, 40, 1));
        assertThrows(
                IllegalArgumentException.class,
                () -> new DigitCorpusSpec(16_000, 1, 1, 1, 1, 1, 10, 40, 1));
        assertThrows(
                IllegalArgumentException.class,
                () -> new DigitCorpusSpec(16_000, 1, 1, 1, 1, 5, 40, 10, 1));
    }
}
