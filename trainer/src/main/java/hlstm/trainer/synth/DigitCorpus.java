package hlstm.trainer.synth;

import hlstm.runtime.decode.Alphabet;
import hlstm.trainer.data.AudioSource;
import hlstm.trainer.data.Corpus;
import hlstm.trainer.data.CorpusSplit;
import hlstm.trainer.data.Utterance;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * Spoken digit strings such as "ONE SEVEN THREE", in synthetic voices. Training and dev share
 * neither voices nor strings. The same specification gives the same bits; sound is made when it is
 * first asked for, by any thread, and kept in memory.
 */
public final class DigitCorpus {
    private static final String LETTERS = " EFGHINORSTUVWXZ";

    /** One string in this many is said in dev and test only, the others in training only. */
    private static final int DEV_STRINGS = 4;

    private DigitCorpus() {}

    /** The blank, the space and the letters of the digits' names. */
    public static Alphabet alphabet() {
        return Alphabet.of(LETTERS);
    }

    /** The corpus of a specification. */
    public static CorpusSplit generate(DigitCorpusSpec spec) {
        return new CorpusSplit(
                corpus(spec, "train", 0, spec.trainVoices(), spec.trainUtterances()),
                corpus(spec, "dev", spec.trainVoices(), spec.devVoices(), spec.devUtterances()));
    }

    /**
     * Utterances to measure on, which neither training nor choosing has heard: as many as dev has,
     * of as many voices, all of them different from those of training and dev. Their strings are
     * not those of training.
     */
    public static Corpus test(DigitCorpusSpec spec) {
        return corpus(
                spec,
                "test",
                spec.trainVoices() + spec.devVoices(),
                spec.devVoices(),
                spec.devUtterances());
    }

    private static Corpus corpus(
            DigitCorpusSpec spec, String part, int firstVoice, int voices, int utterances) {
        boolean dev = !part.equals("train");
        SplittableRandom random = new SplittableRandom(spec.seed() ^ part.hashCode());
        DigitSpeaker speaker =
                new DigitSpeaker(
                        spec.sampleRate(), spec.lowestSignalToNoise(), spec.highestSignalToNoise());
        List<Utterance> said = new ArrayList<>(utterances);
        for (int i = 0; i < utterances; i++) {
            Voice voice = Voice.of(spec.seed(), firstVoice + i % voices);
            List<Digit> digits = digits(random, spec.mostDigits(), dev);
            long seed = random.nextLong();
            said.add(
                    new Utterance(
                            "digits/%s/%s-%05d".formatted(voice.name(), part, i),
                            voice.name(),
                            digits.stream().map(Digit::name).collect(Collectors.joining(" ")),
                            AudioSource.kept(
                                    () -> speaker.say(digits, voice, new SplittableRandom(seed)))));
        }
        return new Corpus("spoken digits (%s)".formatted(part), said);
    }

    private static List<Digit> digits(SplittableRandom random, int most, boolean dev) {
        while (true) {
            int count = random.nextInt(1, most + 1);
            List<Digit> digits = new ArrayList<>(count);
            int value = count;
            for (int i = 0; i < count; i++) {
                int digit = random.nextInt(Digit.values().length);
                digits.add(Digit.values()[digit]);
                value = value * 31 + digit * 7;
            }
            boolean forDev = Math.floorMod(value * 0x9e37_79b9 >>> 16, DEV_STRINGS) == 0;
            if (forDev == dev) {
                return List.copyOf(digits);
            }
        }
    }
}
