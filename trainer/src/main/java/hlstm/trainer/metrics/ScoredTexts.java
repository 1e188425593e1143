package hlstm.trainer.metrics;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Hypotheses with their references, as they stand in files. The three lists are of one length.
 *
 * @param ids line numbers from 1, or the names of images
 * @param references one or more for each hypothesis
 * @param hypotheses the sentences to score
 */
public record ScoredTexts(
        List<String> ids, List<List<String>> references, List<String> hypotheses) {
    private static final int SHOWN = 5;

    /** Copies the lists. */
    public ScoredTexts {
        ids = List.copyOf(ids);
        references = references.stream().map(List::copyOf).toList();
        hypotheses = List.copyOf(hypotheses);
    }

    /**
     * Reads text files of one sentence a line, in which lines of the same number belong together.
     *
     * @throws IOException if a file cannot be read, is empty, is not UTF-8, or has not as many
     *     lines as the hypotheses; says which
     */
    public static ScoredTexts ofLines(List<Path> references, Path hypotheses) throws IOException {
        List<String> lines = SentenceFile.lines(hypotheses);
        List<List<String>> perFile = new ArrayList<>();
        for (Path file : references) {
            List<String> reference = SentenceFile.lines(file);
            if (reference.size() != lines.size()) {
                throw new IOException(
                        "%s has %d lines and %s has %d; expected a reference for each hypothesis"
                                .formatted(file, reference.size(), hypotheses, lines.size()));
            }
            perFile.add(reference);
        }
        List<String> ids = new ArrayList<>();
        List<List<String>> each = new ArrayList<>();
        for (int line = 0; line < lines.size(); line++) {
            int at = line;
            ids.add(Integer.toString(line + 1));
            each.add(perFile.stream().map(reference -> reference.get(at)).toList());
        }
        return new ScoredTexts(ids, each, lines);
    }

    /**
     * Reads captions in COCO's formats: annotations with the references, results with the
     * hypotheses. Images come in the order of the results.
     *
     * @throws IOException if a file cannot be read or is not in its format, or if an image is on
     *     one side only; says which
     */
    public static ScoredTexts ofCoco(Path annotations, Path results) throws IOException {
        Map<String, List<String>> references = CocoCaptions.annotations(annotations);
        Map<String, String> hypotheses = CocoCaptions.results(results);
        List<String> wrong = new ArrayList<>();
        missing(references.keySet(), hypotheses.keySet(), results, wrong);
        missing(hypotheses.keySet(), references.keySet(), annotations, wrong);
        if (!wrong.isEmpty()) {
            throw new IOException(
                    String.join("; ", wrong) + "; expected the same images in both files");
        }
        Map<String, List<String>> ordered = new LinkedHashMap<>();
        hypotheses.keySet().forEach(image -> ordered.put(image, references.get(image)));
        return new ScoredTexts(
                new ArrayList<>(hypotheses.keySet()),
                new ArrayList<>(ordered.values()),
                new ArrayList<>(hypotheses.values()));
    }

    /**
     * Reads captions in COCO's format of results and pairs them with references, of which there may
     * be more than needed.
     *
     * @param references by image
     * @param file that the references are from, for messages
     * @param image of references, by the id of results
     * @throws IOException if the file of results cannot be read or is not in its format, or if an
     *     image has no references or two results; says which
     */
    public static ScoredTexts ofResults(
            Map<String, List<String>> references,
            Path file,
            UnaryOperator<String> image,
            Path results)
            throws IOException {
        Map<String, String> hypotheses = CocoCaptions.results(results);
        List<List<String>> found = new ArrayList<>();
        Set<String> images = new LinkedHashSet<>();
        for (String id : hypotheses.keySet()) {
            if (!images.add(image.apply(id))) {
                throw new IOException(
                        "%s: a second caption for image %s; expected one"
                                .formatted(results, image.apply(id)));
            }
            found.add(references.getOrDefault(image.apply(id), List.of()));
        }
        List<String> wrong = new ArrayList<>();
        missing(images, references.keySet(), file, wrong);
        if (!wrong.isEmpty()) {
            throw new IOException(wrong.getFirst() + "; expected references for each result");
        }
        return new ScoredTexts(
                new ArrayList<>(hypotheses.keySet()), found, new ArrayList<>(hypotheses.values()));
    }

    private static void missing(
            Set<String> wanted, Set<String> found, Path file, List<String> complaints) {
        Set<String> missing = new LinkedHashSet<>(wanted);
        missing.removeAll(found);
        if (missing.isEmpty()) {
            return;
        }
        List<String> shown = missing.stream().limit(SHOWN).toList();
        complaints.add(
                "%s has no caption for %d of %d images (%s%s)"
                        .formatted(
                                file,
                                missing.size(),
                                wanted.size(),
                                String.join(", ", shown),
                                missing.size() > SHOWN ? ", ..." : ""));
    }

    /** The number of hypotheses. */
    public int size() {
        return hypotheses.size();
    }
}
