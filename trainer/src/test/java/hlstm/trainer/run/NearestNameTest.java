package hlstm.trainer.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNameTest {
    private static final List<String> NAMES =
            List.of("inspect", "report", "recipes", "lm", "network.width", "features.stride");

    @ParameterizedTest
    @CsvSource({
        "inspct, inspect",
        "INSPECT, inspect",
        "reprot, report",
        "insp, inspect",
        "network.widht, network.width",
        "width, network.width",
        "net.stride, features.stride"
    })
    void aNameThatWasMistypedOrShortenedIsFound(String typed, String meant) {
        assertEquals(meant, NearestName.of(typed, NAMES).orElse("none"));
    }

    @ParameterizedTest
    @CsvSource({"foo", "ls", "x", "deploy", "colour", "''"})
    void aNameThatIsLikeNoneGetsNone(String typed) {
        assertEquals("none", NearestName.of(typed, NAMES).orElse("none"));
        assertEquals("", NearestName.question(typed, NAMES));
    }

    @Test
    void theQuestionNamesIt() {
        assertEquals(": did you mean 'report'?", NearestName.question("reprt", NAMES));
    }
}
