package hlstm.runtime.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is JSON is read and written again; what is not is refused. */
final class JsonParserTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {}                              | {}
                    [ ]                             | []
                    {"a" : [1, -0.5e+3, true] }     | {"a":[1,-0.5e+3,true]}
                    [null,false]                    | [null,false]
                    "\\u0041\\n\\u001f\\/\\ud83d\\ude00" | "A\\n\\u001f/😀"
                    0                               | 0
                    -0                              | -0
                    12345678901234567890123         | 12345678901234567890123
                    {"b":1,"a":2}                   | {"b":1,"a":2}
                    """)
    void jsonIsReadAndWritten(String text, String expected) throws Exception {
        assertEquals(expected, JsonWriter.write(JsonParser.parse(text)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "}",
                "[",
                "[1",
                "[1,",
                "[1,]",
                "[,1]",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{a:1}",
                "{'a':1}",
                "{1:1}",
                "nul",
                "True",
                "NaN",
                "Infinity",
                "-",
                "+1",
                ".5",
                "5.",
                "01",
                "1e",
                "1e+",
                "0x1",
                "1 2",
                "[1]]",
                "\"",
                "\"a",
                "\"\\",
                "\"\\x\"",
                "\"\\u12\"",
                "\"\\u12G4\"",
                "\"\\ud800\"",
                "\"\\udc00\"",
                "\"\\ud800\\u0041\"",
                "\"tab\there\"",
                "\"line\nend\"",
                "\"nul\0\"",
                "\0",
                "/* no */ 1",
                "{\"a\":1,\"a\":2}",
                "{\"a\":1,\"\\u0061\":2}",
                "\uFEFF{}",
                "\"\\u١٢٣٤\""
            })
    void whatIsNotJsonIsRefused(String text) {
        JsonException e = assertThrows(JsonException.class, () -> JsonParser.parse(text));
        assertTrue(e.getMessage().contains("character"), e.getMessage());
    }

    @Test
    void depthIsLimited() throws Exception {
        int depth = JsonParser.MAX_DEPTH;
        JsonParser.parse("[".repeat(depth) + "]".repeat(depth));
        JsonException e =
                assertThrows(JsonException.class, () -> JsonParser.parse("[".repeat(1_000_000)));
        assertEquals("nested deeper than 32 levels at character 33", e.getMessage());
    }

    @Test
    void numberOfValuesIsLimited() {
        String text = "[" + "1,".repeat(JsonParser.MAX_VALUES) + "1]";
        JsonException e = assertThrows(JsonException.class, () -> JsonParser.parse(text));
        assertEquals("more than 1000000 values", e.getMessage());
    }

    @Test
    void messagesAreShortAndOnOneLine() {
        String key = "k\\n".repeat(100_000);
        JsonException e =
                assertThrows(
                        JsonException.class,
                        () -> JsonParser.parse("{\"%s\":1,\"%s\":2}".formatted(key, key)));
        assertTrue(e.getMessage().length() < 1100, () -> "" + e.getMessage().length());
        assertTrue(e.getMessage().lines().count() == 1, e.getMessage());
    }

    @Test
    void damagedTextsAreReadOrRefusedAndNothingElse() {
        String text = "{\"a\":[1,-2.5e3,\"\\u00e9x\"],\"b\":{\"c\":null,\"d\":true}}";
        SplittableRandom random = new SplittableRandom(1);
        int refused = 0;
        for (int round = 0; round < 20_000; round++) {
            StringBuilder damaged = new StringBuilder(text);
            for (int k = 0; k <= random.nextInt(3); k++) {
                damaged.setCharAt(random.nextInt(text.length()), (char) random.nextInt(128));
            }
            try {
                JsonParser.parse(damaged.toString());
            } catch (JsonException e) {
                refused++;
            }
        }
        assertTrue(refused > 10_000, "only " + refused + " refused");
    }

    @Test
    void numbersReadBackExactly() throws Exception {
        SplittableRandom random = new SplittableRandom(2);
        for (int round = 0; round < 10_000; round++) {
            float single = Float.intBitsToFloat(random.nextInt());
            double twice = Double.longBitsToDouble(random.nextLong());
            if (!Float.isFinite(single) || !Double.isFinite(twice)) {
                continue;
            }
            String text =
                    "{\"f\":%s,\"d\":%s}"
                            .formatted(
                                    JsonWriter.write(JsonValue.JsonNumber.of(single)),
                                    JsonWriter.write(JsonValue.JsonNumber.of(twice)));
            JsonFields fields = JsonFields.of("x", JsonParser.parse(text));
            assertEquals(single, fields.singlePrecision("f"));
            assertEquals(twice, fields.doublePrecision("d"));
        }
    }

    @Test
    void halfSurrogatesAreNotWritten() {
        assertThrows(
                IllegalArgumentException.class,
                () -> JsonWriter.write(new JsonValue.JsonString("\ud800")));
    }
}
