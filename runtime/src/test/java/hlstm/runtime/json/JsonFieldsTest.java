package hlstm.runtime.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Messages name the field, what was expected and what was found. */
final class JsonFieldsTest {
    @Test
    void everyKindIsChecked() throws Exception {
        JsonFields fields =
                JsonFields.of(
                        "x",
                        JsonParser.parse(
                                """
                                {"s":"text","n":1.5,"i":-3,"t":true,"a":[1,"b"],"o":{},
                                "huge":99999999999999999999,"e":1e400}
                                """));
        refused("x.n: expected a string, found the number 1.5", () -> fields.string("n"));
        refused(
                "x.n: expected an integer from 0 to 9, found the number 1.5",
                () -> fields.integer("n", 0, 9));
        refused(
                "x.i: expected an integer from 0 to 9, found the number -3",
                () -> fields.integer("i", 0, 9));
        refused(
                "x.huge: expected an integer from 0 to 9, found the number 99999999999999999999",
                () -> fields.integer("huge", 0, 9));
        refused("x.s: expected a number, found a string", () -> fields.singlePrecision("s"));
        refused(
                "x.e: expected a single-precision number, found the number 1e400",
                () -> fields.singlePrecision("e"));
        refused(
                "x.e: expected a double-precision number, found the number 1e400",
                () -> fields.doublePrecision("e"));
        refused("x.s: expected true or false, found a string", () -> fields.truth("s"));
        refused("x.s: expected an array, found a string", () -> fields.strings("s"));
        refused("x.a[0]: expected a string, found the number 1", () -> fields.strings("a"));
        refused(
                "x.a[1]: expected an integer from 0 to 9, found a string",
                () -> fields.integers("a", 0, 9));
        refused("x.t: expected an object, found true", () -> fields.object("t"));
        refused("x: expected a field 'none', found none", () -> fields.value("none"));
        refused("x: unknown field 'o'", fields::end);
    }

    @Test
    void integersOfNineteenDigitsMayNotFit() throws Exception {
        JsonFields fields = JsonFields.of("x", JsonParser.parse("{\"i\":9999999999999999999}"));
        refused(
                "x.i: expected an integer of 64 bits, found the number 9999999999999999999",
                () -> fields.integer("i", 0, Long.MAX_VALUE));
    }

    private static void refused(String message, Executable call) {
        assertEquals(message, assertThrows(JsonException.class, call).getMessage());
    }
}
