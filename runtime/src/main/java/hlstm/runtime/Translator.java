package hlstm.runtime;

import hlstm.runtime.search.BeamSearch;
import hlstm.runtime.search.BeamSettings;
import hlstm.runtime.search.StepScorer;
import hlstm.runtime.text.TextCoding;
import hlstm.runtime.text.TokenVocabulary;
import hlstm.runtime.text.Words;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Translates text with a model of a {@link TranslationTask}. Holds all the state and room that this
 * needs, so it belongs to one thread at a time; make one for each thread, they share the weights. A
 * step of the search allocates nothing.
 *
 * <pre>{@code
 * Translator translator = new Translator(Model.load(Path.of("model.safetensors")));
 * System.out.println(translator.translate("ein mann schläft ."));
 * }</pre>
 */
public final class Translator {
    /** The beam where none is chosen. */
    public static final BeamSettings DEFAULT_BEAM = new BeamSettings(5, 1);

    /** Tokens of a source that is translated as a whole; a longer one is translated in pieces. */
    public static final int LONGEST_SOURCE = 500;

    /** A translation may have so many more tokens than twice its source. */
    private static final int MORE_TOKENS = 20;

    /** Tokens of the sentence that {@link #warmUp} translates. */
    private static final int WARM_UP_TOKENS = 12;

    private final TextCoding source;
    private final TextCoding target;
    private final TranslationSession session;
    private final BeamSearch search;

    /** A decoder that never writes the token that begins a sentence. */
    private record WithoutBegin(TranslationSession session) implements StepScorer {
        @Override
        public int symbols() {
            return session.symbols();
        }

        @Override
        public int slots() {
            return session.slots();
        }

        @Override
        public void step(int count, int[] slots, int[] symbols, float[] scores) {
            session.step(count, slots, symbols, scores);
            for (int k = 0; k < count; k++) {
                scores[k * symbols() + TokenVocabulary.BEGIN] = Float.NEGATIVE_INFINITY;
            }
        }

        @Override
        public void copy(int from, int to) {
            session.copy(from, to);
        }
    }

    /**
     * A translator with the default beam.
     *
     * @throws IllegalArgumentException if the model is for another task
     */
    public Translator(Model model) {
        this(model, DEFAULT_BEAM);
    }

    /**
     * A translator.
     *
     * @throws IllegalArgumentException if the model is for another task
     */
    public Translator(Model model, BeamSettings beam) {
        session = model.newTranslationSession(beam.width());
        TranslationTask task = (TranslationTask) model.spec().task();
        source = task.source();
        target = task.target();
        search = new BeamSearch(new WithoutBegin(session), beam, TokenVocabulary.END);
    }

    /**
     * Translates a sentence of {@value #WARM_UP_TOKENS} random tokens until the virtual machine has
     * compiled all that this needs and its time has settled, or the limit is over: what {@link
     * Model#warmUp(WarmUp)} does for other models. Other translators of the model with a beam as
     * wide then need no warm-up. Takes a second and a half at least.
     *
     * @return times by token of the source
     * @throws IllegalArgumentException if the limit is negative
     */
    public WarmUpReport warmUp(Duration limit) {
        if (limit.isNegative()) {
            throw new IllegalArgumentException("a time limit must not be negative, found " + limit);
        }
        int[] tokens =
                new SplittableRandom(1)
                        .ints(WARM_UP_TOKENS, 0, source.vocabulary().size())
                        .toArray();
        WarmUpLoop loop =
                new WarmUpLoop(
                        () -> search(tokens),
                        WARM_UP_TOKENS,
                        Nanos.of(limit),
                        System::nanoTime,
                        AllocationCounter.ofCallingThread());
        WarmUpReport report = loop.run();
        if (report.settled()) {
            loop.refresh();
        }
        return report;
    }

    /**
     * The best translation of a line. A blank one is translated as an empty text, one of more than
     * {@value #LONGEST_SOURCE} tokens in pieces that are joined by spaces.
     */
    public String translate(String text) {
        int[] tokens = source.encode(text);
        if (tokens.length <= LONGEST_SOURCE) {
            return best(tokens);
        }
        List<String> pieces = new ArrayList<>();
        for (int from = 0; from < tokens.length; from += LONGEST_SOURCE) {
            int to = Math.min(tokens.length, from + LONGEST_SOURCE);
            pieces.add(best(Arrays.copyOfRange(tokens, from, to)));
        }
        return String.join(" ", pieces);
    }

    private String best(int[] tokens) {
        if (tokens.length == 0) {
            return "";
        }
        search(tokens);
        return target.decode(symbols(0));
    }

    private void search(int[] tokens) {
        session.encode(tokens, tokens.length);
        search.search(TokenVocabulary.BEGIN, 2 * tokens.length + MORE_TOKENS);
    }

    private int[] symbols(int result) {
        int[] symbols = new int[search.length(result)];
        search.symbols(result, symbols);
        return symbols;
    }

    /**
     * The best translations of a line, the best first: as many as the beam is wide, or fewer where
     * the search has found fewer, or the same text in other tokens, of which the best stays. Of a
     * blank line one, which is empty.
     *
     * @throws IllegalArgumentException if the line has more than {@value #LONGEST_SOURCE} tokens
     */
    public List<Translation> translations(String text) {
        int[] tokens = tokens(text);
        if (tokens.length == 0) {
            return List.of(new Translation("", List.of(), 0, 0));
        }
        search(tokens);
        Map<String, Translation> translations = new LinkedHashMap<>();
        for (int result = 0; result < search.results(); result++) {
            int[] symbols = symbols(result);
            String translated = target.decode(symbols);
            translations.putIfAbsent(
                    translated,
                    new Translation(
                            translated,
                            target.vocabulary().tokens(symbols),
                            search.score(result),
                            search.logProbability(result)));
        }
        return List.copyOf(translations.values());
    }

    private int[] tokens(String text) {
        int[] tokens = source.encode(text);
        if (tokens.length > LONGEST_SOURCE) {
            throw new IllegalArgumentException(
                    "a line may have %d tokens here, found %d: split it"
                            .formatted(LONGEST_SOURCE, tokens.length));
        }
        return tokens;
    }

    /**
     * The text of a translation with a word of the source in place of each unknown token: the one
     * that the network looked at most as it wrote the token (M. Luong and others, "Addressing the
     * Rare Word Problem in Neural Machine Translation", ACL 2015). Names and numbers mostly come
     * out right so; other words stay in the language of the source.
     *
     * @param translation of this text by this translator
     * @throws IllegalArgumentException as {@link #translations}
     */
    public String copyUnknown(String text, Translation translation) {
        String unknown = target.vocabulary().token(TokenVocabulary.UNKNOWN);
        if (!translation.tokens().contains(unknown)) {
            return translation.text();
        }
        float[][] shares = align(text, translation).shares();
        List<String> words = wordOfEachToken(text);
        List<String> copied = new ArrayList<>(translation.tokens());
        for (int k = 0; k < copied.size(); k++) {
            if (copied.get(k).equals(unknown)) {
                copied.set(k, words.get(largest(shares[k])));
            }
        }
        return target.text(copied);
    }

    private List<String> wordOfEachToken(String text) {
        if (source.unit() != TextCoding.Unit.CODES) {
            return source.tokens(text);
        }
        List<String> words = new ArrayList<>();
        for (String word : Words.split(text)) {
            int parts = source.codes().apply(List.of(word)).size();
            words.addAll(Collections.nCopies(parts, word));
        }
        return words;
    }

    private static int largest(float[] shares) {
        int largest = 0;
        for (int k = 1; k < shares.length; k++) {
            largest = shares[k] > shares[largest] ? k : largest;
        }
        return largest;
    }

    /** How many tokens of a text the model does not know; it reads them all as the same one. */
    public int unknownTokens(String text) {
        int unknown = 0;
        for (int token : source.encode(text)) {
            unknown += token == TokenVocabulary.UNKNOWN ? 1 : 0;
        }
        return unknown;
    }

    /**
     * How a translation looks at its source, token by token.
     *
     * @param translation of this text by this translator
     * @throws IllegalArgumentException as {@link #translations}
     */
    public Alignment align(String text, Translation translation) {
        int[] tokens = tokens(text);
        List<String> words = new ArrayList<>(translation.tokens());
        int[] read = target.vocabulary().numbers(words);
        words.add(target.vocabulary().token(TokenVocabulary.END));
        float[][] shares = new float[words.size()][tokens.length];
        if (tokens.length > 0) {
            float[] scores = new float[session.symbols()];
            session.encode(tokens, tokens.length);
            for (int step = 0; step < words.size(); step++) {
                int last = step == 0 ? TokenVocabulary.BEGIN : read[step - 1];
                session.step(1, new int[] {0}, new int[] {last}, scores);
                session.attention(shares[step]);
            }
        }
        return new Alignment(source.tokens(text), words, shares);
    }
}
