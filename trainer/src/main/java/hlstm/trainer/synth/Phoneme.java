package hlstm.trainer.synth;

import java.util.List;

/**
 * The sounds of the English digits, in ARPAbet. Vowel formants are the averages for men of Peterson
 * and Barney, "Control methods used in a study of the vowels", JASA 24(2), 1952; diphthongs glide
 * between two. Consonant formants lie near the loci of Klatt, "Software for a cascade/parallel
 * formant synthesizer", JASA 67(3), 1980. Durations and amplitudes are our own choice.
 */
enum Phoneme {
    IY(Segment.voiced(150, 1, 270, 2290, 3010)),
    IH(Segment.voiced(100, 1, 390, 1990, 2550)),
    EH(Segment.voiced(115, 1, 530, 1840, 2480)),
    AH(Segment.voiced(105, 1, 640, 1190, 2390)),
    AO(Segment.voiced(150, 1, 570, 840, 2410)),
    UW(Segment.voiced(165, 1, 300, 870, 2240)),
    OW(Segment.voiced(90, 1, 520, 950, 2400), Segment.voiced(95, 0.9, 340, 820, 2250)),
    AY(Segment.voiced(115, 1, 730, 1120, 2440), Segment.voiced(95, 1, 400, 1950, 2600)),
    EY(Segment.voiced(90, 1, 500, 1850, 2500), Segment.voiced(95, 1, 320, 2200, 2900)),
    W(Segment.voiced(70, 0.7, 290, 610, 2150)),
    R(Segment.voiced(75, 0.8, 320, 1060, 1380)),
    N(Segment.voiced(80, 0.6, 300, 1350, 2500).with(Control.NASALITY, 1)),
    V(Segment.voiced(65, 0.45, 220, 1100, 2080).hissing(0.05, 4500, 5000)),
    Z(Segment.voiced(90, 0.35, 240, 1390, 2530).hissing(0.25, 5200, 1200)),
    S(Segment.of(115, 320, 1390, 2530).hissing(0.5, 5600, 1200)),
    F(Segment.of(100, 340, 1100, 2080).hissing(0.2, 4500, 6000)),
    TH(Segment.of(95, 320, 1290, 2540).hissing(0.18, 6500, 3000)),
    T(
            Segment.of(60, 400, 1600, 2600),
            Segment.of(15, 400, 1600, 2600).hissing(1.2, 4200, 1500).rigid(),
            Segment.of(30, 400, 1600, 2600).with(Control.ASPIRATION, 0.5)),
    K(
            Segment.of(60, 300, 1990, 2850),
            Segment.of(20, 300, 1990, 2850).hissing(1.2, 1950, 500).rigid(),
            Segment.of(20, 300, 1990, 2850).with(Control.ASPIRATION, 0.4));

    private final List<Segment> segments;

    Phoneme(Segment... segments) {
        this.segments = List.of(segments);
    }

    List<Segment> segments() {
        return segments;
    }
}
