package hlstm.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What no benchmark could keep to is refused before anything is loaded. */
class BenchOptionsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--seconds Infinity | --seconds: expected 0.001 to 86400, found Infinity",
                "--seconds NaN --quick | found NaN",
                "--seconds 0 | found 0.0",
                "--seconds -1 --quick | found -1.0",
                "load --rate 100,Infinity | --rate: expected more than 0 and 100,000,000 at most",
                "load --rate 0 | --rate: expected more than 0",
                "load --seconds Infinity --quick | --seconds: expected more than 0 and a day at most",
                "load --limit-ms Infinity | --limit-ms: expected more than 0 and a day at most",
                "load --limit-ms NaN | found NaN",
                "load --threads 100000 | one for each processor at most",
                "load --threads 0 | found 0",
                "start --case speech-sequence | captioning-step or translation-step",
                "soak --case speech-sequence | captioning-step or translation-step",
                "kernels ( | a regular expression, found '('"
            })
    void saysWhatItTakes(String arguments, String complaint) {
        StringWriter errors = new StringWriter();
        CommandLine command = new CommandLine(new BenchCommand()).setErr(new PrintWriter(errors));
        assertEquals(2, command.execute(arguments.split(" ")));
        assertTrue(errors.toString().contains(complaint), errors.toString());
    }
}
