package hlstm.trainer.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hlstm.runtime.audio.Waveform;
import hlstm.runtime.decode.Alphabet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CorpusTest {
    private static final AudioSource NO_SOUND =
            () -> {
                throw new AssertionError("no sound is needed");
            };

    private static Utterance utterance(String id, String speaker, String transcript) {
        return new Utterance(id, speaker, transcript, NO_SOUND);
    }

    @Test
    void encodesTranscripts() throws CorpusException {
        Corpus corpus =
                new Corpus("c", List.of(utterance("a", "x", "AB"), utterance("b", "y", "B A")));
        int[][] labels = corpus.labels(Alphabet.of("AB "));
        assertArrayEquals(new int[] {1, 2}, labels[0]);
        assertArrayEquals(new int[] {2, 3, 1}, labels[1]);
        assertEquals(Set.of("x", "y"), corpus.speakers());
    }

    @Test
    void namesTheUtteranceOfAnUnknownSymbolOrEmptyTranscript() {
        Corpus unknown = new Corpus("c", List.of(utterance("u7", "x", "A1")));
        CorpusException refusal =
                assertThrows(CorpusException.class, () -> unknown.labels(Alphabet.of("AB ")));
        assertTrue(refusal.getMessage().contains("utterance u7"), refusal.getMessage());
        assertTrue(refusal.getMessage().contains("'1' (U+0031)"), refusal.getMessage());
        Corpus empty = new Corpus("c", List.of(utterance("u8", "x", " ")));
        refusal = assertThrows(CorpusException.class, () -> empty.labels(Alphabet.of("AB ")));
        assertTrue(refusal.getMessage().contains("u8 has an empty"), refusal.getMessage());
    }

    @Test
    void keptSoundIsLoadedOnce() throws IOException {
        AtomicInteger loads = new AtomicInteger();
        AudioSource kept =
                AudioSource.kept(() -> new Waveform(new float[] {loads.incrementAndGet()}, 16_000));
        assertSame(kept.load(), kept.load());
        assertEquals(1, loads.get());
    }

    @Test
    void emptyOrAmbiguousCorporaAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Corpus("c", List.of()));
        List<Utterance> twice = List.of(utterance("a", "x", "A"), utterance("a", "y", "B"));
        assertThrows(IllegalArgumentException.class, () -> new Corpus("c", twice));
    }

    @Test
    void splitsBySpeaker() throws CorpusException {
        List<Utterance> utterances = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            utterances.add(utterance("u" + i, "speaker" + i % 20, "A"));
        }
        CorpusSplit split = CorpusSplit.bySpeaker(new Corpus("c", utterances), 0.1);
        assertEquals(20, split.dev().size());
        assertEquals(180, split.train().size());
        Set<String> speakers = split.train().speakers();
        assertFalse(split.dev().speakers().stream().anyMatch(speakers::contains));
        assertEquals(
                split.dev().speakers(),
                CorpusSplit.bySpeaker(new Corpus("c", utterances.reversed()), 0.1)
                        .dev()
                        .speakers());
    }

    @Test
    void aSplitLeavesSomebodyOnEachSide() throws CorpusException {
        Corpus two = new Corpus("c", List.of(utterance("a", "x", "A"), utterance("b", "y", "A")));
        CorpusSplit split = CorpusSplit.bySpeaker(two, 0.99);
        assertEquals(1, split.train().size());
        assertEquals(1, split.dev().size());
        Corpus one = new Corpus("c", List.of(utterance("a", "x", "A"), utterance("b", "x", "A")));
        CorpusException refusal =
                assertThrows(CorpusException.class, () -> CorpusSplit.bySpeaker(one, 0.1));
        assertTrue(refusal.getMessage().contains("only 'x'"), refusal.getMessage());
    }
}
