package hlstm.trainer.translation;

import hlstm.trainer.metrics.SentenceFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Sentences and their translations, as they stand in files.
 *
 * @param name where they come from, for messages
 * @param source sentences
 * @param target their translations, in the same order
 */
public record ParallelText(String name, List<String> source, List<String> target) {
    /** Copies the lists. */
    public ParallelText {
        source = List.copyOf(source);
        target = List.copyOf(target);
        if (source.size() != target.size()) {
            throw new IllegalArgumentException(
                    "%s has %d sentences and %d translations"
                            .formatted(name, source.size(), target.size()));
        }
    }

    /** Number of pairs. */
    public int size() {
        return source.size();
    }

    /**
     * Reads two files, line by line.
     *
     * @throws IOException if one cannot be read or is not UTF-8, or they have not equally many
     *     lines
     */
    public static ParallelText read(Path source, Path target) throws IOException {
        List<String> from = SentenceFile.lines(source);
        List<String> to = SentenceFile.lines(target);
        if (from.size() != to.size()) {
            throw new IOException(
                    ("%s has %d lines, %s has %d: line n of one must be the translation of line n of"
                                    + " the other")
                            .formatted(source, from.size(), target, to.size()));
        }
        return new ParallelText(source + ", " + target, from, to);
    }

    /**
     * Reads a file of {@code source<TAB>target} lines. Further columns are ignored.
     *
     * @throws IOException if it cannot be read or is not UTF-8, or a line has no tab; says which
     */
    public static ParallelText readPairs(Path file) throws IOException {
        List<String> source = new ArrayList<>();
        List<String> target = new ArrayList<>();
        int line = 0;
        for (String text : SentenceFile.lines(file)) {
            line++;
            String[] columns = text.split("\t", -1);
            if (columns.length < 2) {
                throw new IOException(
                        "%s, line %d: expected source<TAB>target, found no tab"
                                .formatted(file, line));
            }
            source.add(columns[0]);
            target.add(columns[1]);
        }
        return new ParallelText(file.toString(), source, target);
    }

    /** The pairs of which neither side is blank. */
    public ParallelText withoutBlanks() {
        List<String> from = new ArrayList<>();
        List<String> to = new ArrayList<>();
        for (int k = 0; k < size(); k++) {
            if (!source.get(k).isBlank() && !target.get(k).isBlank()) {
                from.add(source.get(k));
                to.add(target.get(k));
            }
        }
        return new ParallelText(name, from, to);
    }
}
