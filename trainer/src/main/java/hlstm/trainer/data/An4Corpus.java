package hlstm.trainer.data;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A folder in the layout of CMU AN4: {@code etc/*.transcription} with lines such as {@code <s> YES
 * </s> (an251-fash-b)}, lists {@code etc/*.fileids} of paths below {@code wav/} without {@code
 * .wav}, and the sound there. The speaker is the folder that holds the file. Optional lists {@code
 * split/train.fileids} and {@code split/dev.fileids} say what to learn from and what to choose on.
 *
 * <p>An utterance is known by its path. A transcript names the path or as many of its last parts as
 * tell it from all other listed utterances; where they do not, the utterance is refused.
 *
 * <p>Sound is read when asked for; lists and transcripts are read and checked at once.
 */
public final class An4Corpus {
    /** Some editors put it before UTF-8. */
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /** The share of the utterances that is held back for dev where no list says which. */
    private static final double DEV_SHARE = 0.1;

    private static final Pattern TRANSCRIPT = Pattern.compile("(.*)\\(\\s*([^()\\s]+)\\s*\\)\\s*");

    private final Path root;
    private final Map<String, String> transcripts = new HashMap<>();

    /** Every utterance of the lists in {@code etc/} and {@code split/}. */
    private final Set<String> listed = new LinkedHashSet<>();

    private An4Corpus(Path root) {
        this.root = root;
    }

    /**
     * Reads the transcripts of a folder.
     *
     * @throws CorpusException if the folder has not AN4's layout, or a transcript is malformed or
     *     contradicts another
     * @throws IOException if a file cannot be read
     */
    public static An4Corpus open(Path root) throws IOException {
        if (!Files.isDirectory(root)) {
            throw new CorpusException(
                    "%s: expected a folder with AN4's etc and wav, found none".formatted(root));
        }
        for (String part : List.of("etc", "wav")) {
            if (!Files.isDirectory(root.resolve(part))) {
                throw new CorpusException(
                        "%s: expected AN4's layout with the folders etc and wav, found no folder %s"
                                .formatted(root, part));
            }
        }
        An4Corpus corpus = new An4Corpus(root);
        List<Path> files = corpus.filesIn("etc", ".transcription");
        if (files.isEmpty()) {
            throw new CorpusException(
                    "%s: expected transcripts in etc/*.transcription, found no such file"
                            .formatted(root));
        }
        for (Path file : files) {
            corpus.readTranscripts(file);
        }
        for (String folder : List.of("etc", "split")) {
            for (Path file : corpus.filesIn(folder, ".fileids")) {
                corpus.listed.addAll(ids(file));
            }
        }
        return corpus;
    }

    /**
     * The utterances to learn from and those to choose on: as listed in {@code split/} if the lists
     * are there, else the {@linkplain #training training list}, split by speakers.
     *
     * @throws CorpusException if one list of the two is missing, or both have an utterance
     */
    public CorpusSplit split() throws IOException {
        Path train = root.resolve("split/train.fileids");
        Path dev = root.resolve("split/dev.fileids");
        if (!Files.exists(train) && !Files.exists(dev)) {
            return CorpusSplit.bySpeaker(training(), DEV_SHARE);
        }
        CorpusSplit split = new CorpusSplit(list(train), list(dev));
        Set<String> learned = new HashSet<>();
        split.train().utterances().forEach(utterance -> learned.add(utterance.id()));
        for (Utterance utterance : split.dev().utterances()) {
            if (learned.contains(utterance.id())) {
                throw new CorpusException(
                        "%s: expected utterances that are not in %s, found %s"
                                .formatted(dev, train, utterance.id()));
            }
        }
        return split;
    }

    /** The database's own training list: {@code etc/*_train.fileids}, or its only list. */
    public Corpus training() throws IOException {
        return list(ownList("_train.fileids"));
    }

    /**
     * The utterances to score a model on where nobody says which: the database's own test list
     * {@code etc/*_test.fileids} if there is one, else {@code split/dev.fileids}, else its only
     * list.
     */
    public Corpus evaluation() throws IOException {
        Path dev = root.resolve("split/dev.fileids");
        if (filesIn("etc", "_test.fileids").isEmpty() && Files.exists(dev)) {
            return list(dev);
        }
        return list(ownList("_test.fileids"));
    }

    /**
     * The utterances of a list.
     *
     * @param fileids the list; a relative path that does not exist is looked for below the root too
     * @throws CorpusException if the list is empty, repeats an utterance, or names one without
     *     sound or transcript, or with a transcript that may as well be another's
     */
    public Corpus list(Path fileids) throws IOException {
        Path file = Files.exists(fileids) ? fileids : root.resolve(fileids);
        Set<String> ids = ids(file);
        if (ids.isEmpty()) {
            throw new CorpusException("%s: expected utterances, found none".formatted(file));
        }
        Map<String, String> owners = owners(ids);
        List<Utterance> utterances = new ArrayList<>();
        List<String> unheard = new ArrayList<>();
        List<String> unwritten = new ArrayList<>();
        for (String id : ids) {
            Path wav = wav(id, file);
            String key = transcriptKey(id);
            String transcript = transcripts.get(key);
            if (!Files.isRegularFile(wav)) {
                unheard.add(wav + otherFormat(wav));
            } else if (transcript == null) {
                unwritten.add(id);
            } else if (transcript.isEmpty()) {
                throw new CorpusException(
                        "%s: utterance %s has an empty transcript".formatted(file, id));
            } else if (!owners.get(key).equals(id)) {
                throw new CorpusException(
                        ("%s: the transcript of (%s) may belong to %s or to %s: write their paths"
                                        + " in etc/*.transcription, as in (%s)")
                                .formatted(file, key, owners.get(key), id, id));
            } else {
                utterances.add(new Utterance(id, speaker(id), transcript, AudioSource.file(wav)));
            }
        }
        requireNone(unheard, file, ids.size(), "sound: missing");
        requireNone(unwritten, file, ids.size(), "a transcript in etc/*.transcription: missing");
        return new Corpus(file.toString(), utterances);
    }

    private static Set<String> ids(Path file) throws IOException {
        Set<String> ids = new LinkedHashSet<>();
        for (String line : lines(file)) {
            String id = line.strip();
            if (!id.isEmpty() && !ids.add(id)) {
                throw new CorpusException("%s: duplicate utterance %s".formatted(file, id));
            }
        }
        return ids;
    }

    /** The path of an utterance or its longest ending that has a transcript; null if none has. */
    private String transcriptKey(String id) {
        String key = id;
        while (!transcripts.containsKey(key)) {
            int end = key.indexOf('/');
            if (end < 0) {
                return null;
            }
            key = key.substring(end + 1);
        }
        return key;
    }

    /**
     * By the name that a transcript goes under, an utterance that it is for: of several the first
     * that is not in these ids, so that each of these can tell that it is not alone.
     */
    private Map<String, String> owners(Set<String> ids) {
        Map<String, String> owners = new HashMap<>();
        Set<String> all = new LinkedHashSet<>(listed);
        all.removeAll(ids);
        all.addAll(ids);
        for (String id : all) {
            owners.putIfAbsent(transcriptKey(id), id);
        }
        return owners;
    }

    private void readTranscripts(Path file) throws IOException {
        Set<String> own = new LinkedHashSet<>();
        int number = 0;
        for (String line : lines(file)) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            Matcher matcher = TRANSCRIPT.matcher(line);
            if (!matcher.matches()) {
                throw new CorpusException(
                        "%s, line %d: expected \"<s> WORDS </s> (utterance)\", found \"%s\""
                                .formatted(file, number, line));
            }
            String id = matcher.group(2);
            String text = words(matcher.group(1));
            if (!own.add(id)) {
                throw new CorpusException(
                        "%s, line %d: duplicate transcript of %s".formatted(file, number, id));
            }
            String other = transcripts.putIfAbsent(id, text);
            if (other != null && !other.equals(text)) {
                throw new CorpusException(
                        "%s, line %d: \"%s\" contradicts another transcript of %s, \"%s\""
                                .formatted(file, number, text, id, other));
            }
        }
    }

    /** The text without sentence marks, words separated by single spaces. */
    private static String words(String text) {
        return text.replaceAll("</?s>", " ").strip().replaceAll("\\s+", " ");
    }

    private Path ownList(String ending) throws IOException {
        List<Path> lists = filesIn("etc", ending);
        if (lists.isEmpty()) {
            lists = filesIn("etc", ".fileids");
        }
        if (lists.size() != 1) {
            throw new CorpusException(
                    "%s: expected one list etc/*%s, or one etc/*.fileids, found %s; name the list to use"
                            .formatted(root, ending, lists.isEmpty() ? "none" : lists));
        }
        return lists.getFirst();
    }

    private Path wav(String id, Path list) throws CorpusException {
        Path folder = root.resolve("wav").normalize();
        Path wav = folder.resolve(id + ".wav").normalize();
        if (!wav.startsWith(folder)) {
            throw new CorpusException(
                    "%s: expected a path below %s, found utterance %s".formatted(list, folder, id));
        }
        return wav;
    }

    private static String otherFormat(Path wav) {
        String stem = wav.toString().replaceAll("\\.wav$", "");
        for (String ending : List.of(".sph", ".raw", ".flac")) {
            if (Files.exists(Path.of(stem + ending))) {
                return " (there is a %s file: convert it to WAV)".formatted(ending);
            }
        }
        return "";
    }

    private static void requireNone(List<String> missing, Path list, int of, String what)
            throws CorpusException {
        if (!missing.isEmpty()) {
            throw new CorpusException(
                    "%s: every utterance needs %s for %d of %d, the first is %s"
                            .formatted(list, what, missing.size(), of, missing.getFirst()));
        }
    }

    private static String baseName(String id) {
        return id.substring(id.lastIndexOf('/') + 1);
    }

    /** The folder that holds the file; the utterance itself if it lies in none. */
    private static String speaker(String id) {
        int end = id.lastIndexOf('/');
        return end < 0 ? id : baseName(id.substring(0, end));
    }

    private List<Path> filesIn(String folder, String ending) throws IOException {
        if (!Files.isDirectory(root.resolve(folder))) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(root.resolve(folder))) {
            return files.filter(file -> file.getFileName().toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }

    private static List<String> lines(Path file) throws IOException {
        // Asked before it is opened, which for a pipe without a writer would never end.
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new CorpusException(
                    "%s: expected a regular file, found a %s"
                            .formatted(
                                    file, Files.isDirectory(file) ? "folder" : "pipe or device"));
        }
        try {
            List<String> lines = Files.readAllLines(file);
            if (!lines.isEmpty() && lines.getFirst().startsWith(BYTE_ORDER_MARK)) {
                lines.set(0, lines.getFirst().substring(BYTE_ORDER_MARK.length()));
            }
            return lines;
        } catch (NoSuchFileException e) {
            throw new CorpusException(
                    "%s: expected a list of utterances, found no such file".formatted(file));
        } catch (CharacterCodingException e) {
            throw new CorpusException(
                    "%s: expected text in UTF-8, found other bytes".formatted(file));
        }
    }
}
