package hlstm.trainer.captions;

import hlstm.trainer.data.CorpusException;
import hlstm.trainer.metrics.SentenceFile;
import java.io.IOException;
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
     * @throws CorpusException if it has no name, or one twice
     * @throws IOException if it cannot be read, is empty or is not UTF-8; says in which line
     */
    static List<String> read(Path file) throws IOException {
        List<String> names =
                SentenceFile.lines(file).stream()
                        .map(String::strip)
                        .filter(name -> !name.isEmpty())
                        .toList();
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
