package hlstm.trainer.translation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParallelCorpusTest {
    @TempDir private Path folder;

    ParallelCorpusTest() {}

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private ParallelCorpus open() throws IOException {
        return ParallelCorpus.open(folder, "de", "en", null, null);
    }

    private String refusal() {
        return assertThrows(IOException.class, this::open).getMessage();
    }

    @Test
    void filesAreFoundByTheirUsualNamesAndPairsWithABlankSideAreNotTrainedOn() throws IOException {
        write("train.tok.de", "ein hund\n\neine katze\r\nxyz");
        write("train.tok.en", "a dog\nnothing\na cat\n  ");
        write("val.tok.de", "ein\n\n");
        write("val.tok.en", "one\n\n");
        ParallelCorpus corpus = open();
        assertEquals(List.of("ein hund", "eine katze"), corpus.train().source());
        assertEquals(List.of("a dog", "a cat"), corpus.train().target());
        assertEquals(List.of("ein", ""), corpus.valid().source());
        assertEquals(corpus.valid(), ParallelCorpus.evaluation(folder, "de", "en", null));
        assertEquals(4, ParallelCorpus.evaluation(folder, "de", "en", "train.tok").source().size());
    }

    @Test
    void theTokenisedFilesOfMulti30kAreFound() throws IOException {
        for (String set : List.of("train", "val", "test_2016_flickr")) {
            write(set + ".lc.norm.tok.de", "ein " + set);
            write(set + ".lc.norm.tok.en", "a " + set);
        }
        assertEquals(List.of("ein train"), open().train().source());
        assertEquals(List.of("a val"), open().valid().target());
        assertEquals(
                List.of("ein test_2016_flickr"),
                ParallelCorpus.evaluation(folder, "de", "en", null).source());
        for (String name : List.of("train", "valid", "test")) {
            String text = ParallelCorpus.evaluation(folder, "de", "en", name).target().getFirst();
            assertTrue(text.startsWith("a " + (name.equals("valid") ? "val" : name)), text);
        }
        assertThrows(
                IOException.class, () -> ParallelCorpus.evaluation(folder, "de", "en", "other"));
    }

    @Test
    void whatIsWrongIsSaid() throws IOException {
        assertTrue(refusal().contains("has none of train.de, train.tok.de"), refusal());
        write("train.de", "a\nb\n");
        write("train.en", "a\n");
        assertTrue(refusal().contains("train.de has 2 lines"), refusal());
        assertTrue(refusal().contains("train.en has 1: line n of one must"), refusal());
        Files.write(folder.resolve("train.en"), "a\nü\n".getBytes(StandardCharsets.ISO_8859_1));
        assertTrue(refusal().contains("train.en, line 2: not UTF-8"), refusal());
    }

    @Test
    void pairsAreSplitByTheirTargets() throws IOException {
        List<String> lines = new ArrayList<>();
        for (int k = 0; k < 1000; k++) {
            lines.add("quelle %d\tsentence %d\tmore".formatted(k, k / 2));
        }
        Path file = folder.resolve("pairs.tsv");
        Files.write(file, lines);
        ParallelCorpus corpus = ParallelCorpus.open(file, "de", "en", null, null);
        assertEquals(1000, corpus.train().size() + corpus.valid().size());
        assertTrue(corpus.valid().size() >= 4, corpus.valid()::toString);
        Set<String> both = new HashSet<>(corpus.train().target());
        both.retainAll(corpus.valid().target());
        assertEquals(Set.of(), both);
        assertEquals(
                corpus.valid(),
                ParallelCorpus.evaluation(file, "de", "en", ParallelCorpus.HELD_BACK));
        assertEquals(1000, ParallelCorpus.evaluation(file, "de", "en", null).size());
        assertThrows(IOException.class, () -> ParallelCorpus.evaluation(file, "de", "en", "test"));
        Files.write(file, List.of("a\tb", "c"));
        assertTrue(
                assertThrows(
                                IOException.class,
                                () -> ParallelCorpus.open(file, "de", "en", null, null))
                        .getMessage()
                        .endsWith("line 2: expected source<TAB>target, found no tab"));
    }
}
