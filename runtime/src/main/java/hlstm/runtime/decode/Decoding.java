package hlstm.runtime.decode;

import java.util.Optional;

/**
 * How outputs become text: {@link #greedy()}, or a {@link BeamSearch}. Immutable; one may be used
 * for any number of decoders.
 */
public sealed interface Decoding {
    /** The most likely symbol of each step. */
    static Decoding greedy() {
        return new Greedy();
    }

    /** A beam search over that many prefixes, without a language model; nothing else is pruned. */
    static BeamSearch beam(int width) {
        return new BeamSearch(width, 0, Optional.empty());
    }

    /**
     * A decoder to an alphabet, for one thread at a time.
     *
     * @throws IllegalArgumentException if the language model does not go with the alphabet
     */
    CtcDecoder decoder(Alphabet alphabet);

    /** Best-path decoding: {@link CtcGreedyDecoder}. */
    record Greedy() implements Decoding {
        @Override
        public CtcDecoder decoder(Alphabet alphabet) {
            return new CtcGreedyDecoder(alphabet);
        }
    }

    /**
     * Prefix beam search: {@link CtcBeamDecoder}.
     *
     * @param width number of prefixes that are followed, 1 to {@value #MAX_WIDTH}
     * @param minProbability symbols of a step that are less likely, 0 to 1, begin no new prefix;
     *     the likeliest always may. 0 prunes nothing
     * @param languageModel what words are weighed by, if anything
     */
    record BeamSearch(int width, double minProbability, Optional<LanguageFusion> languageModel)
            implements Decoding {
        /** The widest beam. */
        public static final int MAX_WIDTH = 10_000;

        /** Checks the ranges. */
        public BeamSearch {
            if (width < 1 || width > MAX_WIDTH) {
                throw new IllegalArgumentException(
                        "a beam must be 1 to %d prefixes wide, found %d"
                                .formatted(MAX_WIDTH, width));
            }
            if (!(minProbability >= 0 && minProbability <= 1)) {
                throw new IllegalArgumentException(
                        "the least probability of a symbol must be 0 to 1, found "
                                + minProbability);
            }
        }

        /** The same search, weighed by a language model. */
        public BeamSearch with(LanguageFusion fusion) {
            return new BeamSearch(width, minProbability, Optional.of(fusion));
        }

        /** The same search that ignores symbols less likely than this. */
        public BeamSearch pruning(double newMinProbability) {
            return new BeamSearch(width, newMinProbability, languageModel);
        }

        @Override
        public CtcBeamDecoder decoder(Alphabet alphabet) {
            return new CtcBeamDecoder(alphabet, this);
        }
    }
}
