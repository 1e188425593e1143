package hlstm.trainer.captions;

import hlstm.trainer.data.CorpusException;
import hlstm.trainer.metrics.SentenceFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Flickr8k's {@code token.txt}: lines such as {@code image.jpg#0<TAB>A dog runs .} */
final class TokenFile {
    private TokenFile() {}

    /**
     * The captioned images of a file in the order of their first captions.
     *
     * @throws CorpusException if a line is of another form; says which
     * @throws IOException if it cannot be read, is empty or is not UTF-8; says in which line
     */
    static List<CaptionedImage> read(Path file) throws IOException {
        Map<String, List<String>> captions = new LinkedHashMap<>();
        int number = 0;
        for (String line : SentenceFile.lines(file)) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            int tab = line.indexOf('\t');
            int mark = line.lastIndexOf('#', Math.max(tab, 0));
            if (tab < 0 || mark < 1 || line.substring(tab).isBlank()) {
                throw new CorpusException(
                        "%s, line %d: expected 'image.jpg#0', a tab and a caption, found '%s'"
                                .formatted(file, number, line));
            }
            captions.computeIfAbsent(line.substring(0, mark), image -> new ArrayList<>())
                    .add(line.substring(tab + 1).strip());
        }
        if (captions.isEmpty()) {
            throw new CorpusException(file + ": expected captions, found none");
        }
        List<CaptionedImage> images = new ArrayList<>();
        captions.forEach((name, said) -> images.add(new CaptionedImage(name, name, null, said)));
        return images;
    }
}
