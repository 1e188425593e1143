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
        Files.createDirectories(root);
        try (var files = Files.list(root)) {
            if (files.findAny().isPresent()) {
                throw new CorpusException(
                        "%s: expected an empty or new folder, found files in it".formatted(root));
            }
        }
        List<Utterance> all = new ArrayList<>(split.train().utterances());
        all.addAll(split.dev().utterances());
        for (Utterance utterance : all) {
            Path wav = root.resolve("wav").resolve(utterance.id() + ".wav");
            Files.createDirectories(wav.getParent());
            WavWriter.write(wav, utterance.audio().load());
        }
        Path etc = Files.createDirectories(root.resolve("etc"));
        List<String> lines =
                all.stream()
                        .map(u -> "<s> %s </s> (%s)".formatted(u.transcript(), u.id()))
                        .toList();
        Files.write(etc.resolve(name + "_train.transcription"), lines);
        Files.write(etc.resolve(name + "_train.fileids"), ids(all));
        Path lists = Files.createDirectories(root.resolve("split"));
        Files.write(lists.resolve("train.fileids"), ids(split.train().utterances()));
        Files.write(lists.resolve("dev.fileids"), ids(split.dev().utterances()));
    }

    private static List<String> ids(List<Utterance> utterances) {
        return utterances.stream().map(Utterance::id).toList();
    }
}
