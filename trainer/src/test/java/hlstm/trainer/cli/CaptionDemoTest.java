package hlstm.trainer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hlstm.trainer.cli.CaptionDemo.Shown;
import hlstm.trainer.cli.CaptionDemo.Written;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which pictures the page of the demonstration shows. */
class CaptionDemoTest {
    private static final int SHOWN = 18;

    /** A picture is known by its reference; two models have captioned it. */
    private static Shown shown(int number, boolean first, boolean second) {
        return new Shown(
                null,
                Integer.toString(number),
                List.of(new Written("a", first), new Written("b", second)));
    }

    private static List<Integer> numbers(List<Shown> all) {
        return CaptionDemo.choice(all).stream()
                .map(shown -> Integer.valueOf(shown.reference()))
                .toList();
    }

    @Test
    void someWrongOnesComeFirstWhicheverModelIsWrong() {
        List<Shown> all = new ArrayList<>();
        for (int k = 0; k < 40; k++) {
            all.add(shown(k, k != 30, k != 35));
        }
        assertEquals(
                List.of(30, 35, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15),
                numbers(all));
    }

    @Test
    void moreWrongOnesFillUpWhatRightOnesLeave() {
        List<Shown> all = new ArrayList<>();
        for (int k = 0; k < 40; k++) {
            all.add(shown(k, k >= 38, true));
        }
        assertEquals(
                List.of(0, 1, 2, 3, 4, 5, 38, 39, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15),
                numbers(all));
        assertEquals(SHOWN, numbers(all).size());
        assertEquals(List.of(0, 1), numbers(all.subList(0, 2)));
    }
}
