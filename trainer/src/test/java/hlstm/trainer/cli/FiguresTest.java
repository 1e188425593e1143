package hlstm.trainer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class FiguresTest {
    @Test
    void numbersAreGroupedAndRounded() {
        assertEquals("1,234,567", Figures.count(1_234_567));
        assertEquals("12.5 %", Figures.percent(0.1249));
        assertEquals("12.3 us", Figures.micros(12_345));
    }

    @Test
    void ratiosKeepThreeDigitsOrSay() {
        assertEquals("0.31x", Figures.ratio(0.3149));
        assertEquals("12.5x", Figures.ratio(12.46));
        assertEquals("-", Figures.ratio(0.0 / 0.0));
        assertEquals("-", Figures.ratio(1 / 0.0));
    }

    @Test
    void bytesHaveUnits() {
        assertEquals("812 B", Figures.bytes(812));
        assertEquals("1.5 KiB", Figures.bytes(1536));
        assertEquals("4.0 MiB", Figures.bytes(4 << 20));
    }
}
