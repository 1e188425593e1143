package hlstm.trainer.data;

import hlstm.runtime.audio.WavWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes a corpus to a folder in the layout that {@link An4Corpus} reads. */
public final class An4Writer {
    private An4Writer() {}

    /**
     * Writes the sound as 16-bit WAV, the transcripts and the lists, {@code split/} included.
     *
     * @param name what the lists are named after
     * @throws CorpusException if the folder holds anything already
     * @throws IOException if something cannot be written
     */
    public static void write(Path root, String name, CorpusSplit split) throws IOException {
        requireEmpty(root);
        List<Utterance> all = new ArrayList<>(split.train().utterances());
        all.addAll(split.dev().utterances());
        writeDatabase(root, name + "_train", all);
        Path lists = Files.createDirectories(root.resolve("split"));
        Files.write(lists.resolve("train.fileids"), ids(split.train().utterances()));
        Files.write(lists.resolve("dev.fileids"), ids(split.dev().utterances()));
    }

    /**
     * Writes a corpus with a test list besides, {@code etc/*_test.fileids}.
     *
     * @param name what the lists are named after
     * @throws CorpusException if the folder holds anything already
     * @throws IOException if something cannot be written
     */
    public static void write(Path root, String name, CorpusSplit split, Corpus test)
            throws IOException {
        write(root, name, split);
        writeDatabase(root, name + "_test", test.utterances());
    }

    private static void requireEmpty(Path root) throws IOException {
        Files.createDirectories(root);
        try (var files = Files.list(root)) {
            if (files.findAny().isPresent()) {
                throw new CorpusException(
                        "%s: expected an empty or new folder, found files in it".formatted(root));
            }
        }
    }

    private static void writeDatabase(Path root, String list, List<Utterance> utterances)
            throws IOException {
        for (Utterance utterance : utterances) {
            Path wav = root.resolve("wav").resolve(utterance.id() + ".wav");
            Files.createDirectories(wav.getParent());
            WavWriter.write(wav, utterance.audio().load());
        }
        Path etc = Files.createDirectories(root.resolve("etc"));
        List<String> lines =
                utterances.stream()
                        .map(u -> "<s> %s </s> (%s)".formatted(u.transcript(), u.id()))
                        .toList();
        Files.write(etc.resolve(list + ".transcription"), lines);
        Files.write(etc.resolve(list + ".fileids"), ids(utterances));
    }

    private static List<String> ids(List<Utterance> utterances) {
        return utterances.stream().map(Utterance::id).toList();
    }
}
