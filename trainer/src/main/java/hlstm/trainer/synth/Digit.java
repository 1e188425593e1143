package hlstm.trainer.synth;

import java.util.List;

/** The digits and how they are said; the ordinal is the value. */
enum Digit {
    ZERO(Phoneme.Z, Phoneme.IH, Phoneme.R, Phoneme.OW),
    ONE(Phoneme.W, Phoneme.AH, Phoneme.N),
    TWO(Phoneme.T, Phoneme.UW),
    THREE(Phoneme.TH, Phoneme.R, Phoneme.IY),
    FOUR(Phoneme.F, Phoneme.AO, Phoneme.R),
    FIVE(Phoneme.F, Phoneme.AY, Phoneme.V),
    SIX(Phoneme.S, Phoneme.IH, Phoneme.K, Phoneme.S),
    SEVEN(Phoneme.S, Phoneme.EH, Phoneme.V, Phoneme.AH, Phoneme.N),
    EIGHT(Phoneme.EY, Phoneme.T),
    NINE(Phoneme.N, Phoneme.AY, Phoneme.N);

    private final List<Phoneme> phonemes;

    Digit(Phoneme... phonemes) {
        this.phonemes = List.of(phonemes);
    }

    List<Phoneme> phonemes() {
        return phonemes;
    }
}
