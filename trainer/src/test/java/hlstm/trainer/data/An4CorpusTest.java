package hlstm.trainer.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hlstm.runtime.audio.WavWriter;
import hlstm.runtime.audio.Waveform;
import hlstm.runtime.decode.Alphabet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class An4CorpusTest {
    @TempDir private Path root;

    private void write(String file, String... lines) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.write(path, List.of(lines));
    }

    private void wav(String id) throws IOException {
        Path path = root.resolve("wav/" + id + ".wav");
        Files.createDirectories(path.getParent());
        WavWriter.write(path, new Waveform(new float[] {0.5f, -0.5f}, 16_000));
    }

    private void small() throws IOException {
        write("etc/x_train.fileids", "d/ann/a1", "d/ann/a2", "", "d/bob/b1 ", "e/cec/c1");
        write(
                "etc/x_train.transcription",
                "<s> YES </s> (a1)",
                "<s>  GO   ON</s> (a2) ",
                "",
                "NO (d/bob/b1)",
                "<s> STOP </s> (c1)");
        for (String id : List.of("d/ann/a1", "d/ann/a2", "d/bob/b1", "e/cec/c1")) {
            wav(id);
        }
    }

    private static void refused(String part, Executable action) {
        CorpusException refusal = assertThrows(CorpusException.class, action, part);
        assertTrue(refusal.getMessage().contains(part), refusal.getMessage());
    }

    @Test
    void readsListsTranscriptsAndSound() throws IOException {
        small();
        Corpus corpus = An4Corpus.open(root).training();
        assertEquals(
                List.of("d/ann/a1", "d/ann/a2", "d/bob/b1", "e/cec/c1"),
                corpus.utterances().stream().map(Utterance::id).toList());
        assertEquals(
                List.of("YES", "GO ON", "NO", "STOP"),
                corpus.utterances().stream().map(Utterance::transcript).toList());
        assertEquals(
                List.of("ann", "ann", "bob", "cec"),
                corpus.utterances().stream().map(Utterance::speaker).toList());
        Waveform sound = corpus.utterances().get(2).audio().load();
        assertArrayEquals(new float[] {0.5f, -0.5f}, sound.samples());
    }

    @Test
    void usesTheListsOfTheSplitFolder() throws IOException {
        small();
        CorpusSplit bySpeaker = An4Corpus.open(root).split();
        assertEquals(4, bySpeaker.train().size() + bySpeaker.dev().size());
        write("split/train.fileids", "d/ann/a1", "d/bob/b1");
        refused("dev.fileids: expected a list", () -> An4Corpus.open(root).split());
        write("split/dev.fileids", "d/bob/b1");
        refused("found d/bob/b1", () -> An4Corpus.open(root).split());
        write("split/dev.fileids", "e/cec/c1");
        CorpusSplit listed = An4Corpus.open(root).split();
        assertEquals(2, listed.train().size());
        assertEquals("STOP", listed.dev().utterances().getFirst().transcript());
        assertEquals(1, An4Corpus.open(root).evaluation().size());
        assertEquals(2, An4Corpus.open(root).list(Path.of("split/train.fileids")).size());
    }

    @Test
    void scoresOnTheTestListIfThereIsOne() throws IOException {
        small();
        assertEquals(4, An4Corpus.open(root).evaluation().size());
        write("split/dev.fileids", "e/cec/c1");
        write("etc/x_test.fileids", "t/t1");
        write("etc/x_test.transcription", "HELP (t1)", "YES (a1)");
        wav("t/t1");
        An4Corpus corpus = An4Corpus.open(root);
        assertEquals("HELP", corpus.evaluation().utterances().getFirst().transcript());
        assertEquals(4, corpus.training().size());
    }

    @Test
    void saysWhatIsMissing() throws IOException {
        refused("found none", () -> An4Corpus.open(root.resolve("nowhere")));
        refused("no folder etc", () -> An4Corpus.open(root));
        Files.createDirectories(root.resolve("etc"));
        refused("no folder wav", () -> An4Corpus.open(root));
        Files.createDirectories(root.resolve("wav"));
        refused("etc/*.transcription", () -> An4Corpus.open(root));
        small();
        An4Corpus corpus = An4Corpus.open(root);
        refused("no such file", () -> corpus.list(Path.of("nowhere.fileids")));
        write("etc/y.fileids");
        refused("none", () -> corpus.list(root.resolve("etc/y.fileids")));
        Files.delete(root.resolve("etc/x_train.fileids"));
        write("etc/z.fileids", "d/ann/a1");
        refused("expected one list", corpus::training);
    }

    @Test
    void aByteOrderMarkIsNoPartOfAName() throws IOException {
        small();
        write("etc/b.fileids", "\uFEFFd/ann/a1", "d/ann/a2");
        assertEquals(
                An4Corpus.open(root).list(Path.of("etc/x_train.fileids")).utterances().get(0).id(),
                An4Corpus.open(root).list(Path.of("etc/b.fileids")).utterances().get(0).id());
    }

    @Test
    void refusesIncompleteUtterances() throws IOException {
        small();
        write("l1", "d/ann/a1", "d/ann/a9", "d/ann/a8");
        write("wav/d/ann/a9.raw", "");
        refused("missing for 2 of 3", () -> An4Corpus.open(root).list(root.resolve("l1")));
        refused("convert it to WAV", () -> An4Corpus.open(root).list(root.resolve("l1")));
        wav("d/ann/a9");
        wav("d/ann/a8");
        refused("transcript", () -> An4Corpus.open(root).list(root.resolve("l1")));
        refused("d/ann/a9", () -> An4Corpus.open(root).list(root.resolve("l1")));
        write("etc/more.transcription", "<s> </s> (a9)", "A (a8)");
        refused("a9 has an empty", () -> An4Corpus.open(root).list(root.resolve("l1")));
        write("l2", "d/ann/a1", "d/ann/a2", "d/ann/a1");
        refused("duplicate utterance", () -> An4Corpus.open(root).list(root.resolve("l2")));
        write("l3", "../etc/a1");
        refused("path below", () -> An4Corpus.open(root).list(root.resolve("l3")));
    }

    @Test
    void utterancesOfTheSameNameAreToldApartByTheirPaths() throws IOException {
        write("etc/x.fileids", "d/ann/1", "d/bob/1", "e/bob/1");
        write("etc/x.transcription", "YES (d/ann/1)", "NO (d/bob/1)", "STOP (1)");
        for (String id : List.of("d/ann/1", "d/bob/1", "e/bob/1")) {
            wav(id);
        }
        assertEquals(
                List.of("YES", "NO", "STOP"),
                An4Corpus.open(root).training().utterances().stream()
                        .map(Utterance::transcript)
                        .toList());
        write("etc/x.transcription", "YES (ann/1)", "NO (d/bob/1)", "STOP (bob/1)");
        assertEquals(
                List.of("YES", "NO", "STOP"),
                An4Corpus.open(root).training().utterances().stream()
                        .map(Utterance::transcript)
                        .toList());
    }

    @Test
    void refusesATranscriptThatMayBelongToTwoUtterances() throws IOException {
        write("etc/x_train.fileids", "d/ann/1", "d/ann/2");
        write("etc/x_test.fileids", "d/bob/1");
        write("etc/x.transcription", "YES (1)", "NO (2)");
        for (String id : List.of("d/ann/1", "d/ann/2", "d/bob/1", "d/cec/2")) {
            wav(id);
        }
        An4Corpus corpus = An4Corpus.open(root);
        refused("the transcript of (1) may belong to d/bob/1 or to d/ann/1", corpus::training);
        refused("the transcript of (1) may belong to d/ann/1 or to d/bob/1", corpus::evaluation);
        write("own", "d/cec/2");
        refused("d/ann/2 or to d/cec/2", () -> corpus.list(root.resolve("own")));
        write("own", "d/ann/2");
        assertEquals(1, corpus.list(root.resolve("own")).size());
        write("own", "d/ann/2", "d/cec/2");
        refused("write their paths", () -> corpus.list(root.resolve("own")));
    }

    @Test
    void refusesMalformedTranscripts() throws IOException {
        small();
        write("etc/bad.transcription", "<s> YES </s> (z1)", "NO ID HERE");
        refused("line 2", () -> An4Corpus.open(root));
        write("etc/bad.transcription", "YES (z1)", "YES (z1)");
        refused("duplicate transcript of z1", () -> An4Corpus.open(root));
        write("etc/bad.transcription", "OTHER (a1)");
        refused("contradicts", () -> An4Corpus.open(root));
        Files.write(root.resolve("etc/bad.transcription"), new byte[] {(byte) 0xff, ' ', '('});
        refused("UTF-8", () -> An4Corpus.open(root));
    }

    @Test
    void readsTheRealDatabase() throws IOException {
        Path an4 = Path.of(System.getProperty("hlstm.data", "../../shared/data"), "an4");
        assumeTrue(Files.isDirectory(an4), "skipped: no AN4 speech in " + an4);
        CorpusSplit split = An4Corpus.open(an4).split();
        assertEquals(848, split.train().size());
        assertEquals(100, split.dev().size());
        assertEquals(66, split.train().speakers().size());
        assertEquals(8, split.dev().speakers().size());
        assertEquals(848, split.train().labels(Alphabet.english()).length);
        CorpusSplit own = CorpusSplit.bySpeaker(An4Corpus.open(an4).training(), 0.1);
        assertTrue(own.dev().size() >= 95 && own.dev().size() < 120);
        assertFalse(own.train().speakers().stream().anyMatch(own.dev().speakers()::contains));
    }

    @Test
    void readsWhatIsWritten(@TempDir Path folder) throws IOException {
        Corpus corpus = SmallCorpus.of(5);
        Corpus other =
                new Corpus(
                        "other",
                        List.of(
                                new Utterance(
                                        "p/q/r",
                                        "q",
                                        "STOP",
                                        AudioSource.of(new Waveform(new float[800], 8_000)))));
        An4Writer.write(folder, "made", new CorpusSplit(corpus, other));
        CorpusSplit read = An4Corpus.open(folder).split();
        assertEquals(5, read.train().size());
        Utterance back = read.dev().utterances().getFirst();
        assertEquals("p/q/r", back.id());
        assertEquals("q", back.speaker());
        assertEquals("STOP", back.transcript());
        assertEquals(8_000, back.audio().load().sampleRate());
        for (int i = 0; i < 5; i++) {
            assertArrayEquals(
                    corpus.utterances().get(i).audio().load().samples(),
                    read.train().utterances().get(i).audio().load().samples(),
                    1f / 65_536);
        }
        refused("empty or new", () -> An4Writer.write(folder, "x", new CorpusSplit(corpus, other)));
    }
}
