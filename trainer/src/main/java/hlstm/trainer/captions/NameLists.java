package hlstm.trainer.captions;

import hlstm.trainer.data.CorpusException;
import hlstm.trainer.metrics.SentenceFile;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Lists of images: text files with a name in each line. */
final class NameLists {
    private NameLists() {}

    /**
     * The names of a list; empty lines are passed over.
     *
     * @throws CorpusException if it is not UTF-8, has no name, or one twice
     */
    static List<String> read(Path file) throws IOException {
        List<String> names;
        try {
            names =
                    Files.readAllLines(file, StandardCharsets.UTF_8).stream()
                            .map(SentenceFile::withoutMark)
                            .map(String::strip)
                            .filter(name -> !name.isEmpty())
                            .toList();
        } catch (CharacterCodingException e) {
            throw new CorpusException(file + ": expected text in UTF-8, found other bytes");
        }
        if (names.isEmpty()) {
            throw new CorpusException(file + ": expected names of images, found none");
        }
        Set<String> keys = new HashSet<>();
        for (String name : names) {
            if (!keys.add(ImageNames.key(name))) {
                throw new CorpusException(
                        "%s: expected each image once, found %s again".formatted(file, name));
            }
        }
        return names;
    }
}
