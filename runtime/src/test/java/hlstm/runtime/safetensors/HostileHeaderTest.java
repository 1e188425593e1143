package hlstm.runtime.safetensors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever a file declares, it is read or refused with a reason; nothing else happens. */
final class HostileHeaderTest {
    @TempDir private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    []                          | 0 | header: expected an object at its first byte
                    {"a":1}                     | 0 | header.a: expected an object, found the number 1
                    {"a":{}}                    | 0 | header.a: expected a field 'dtype', found none
                    {"a":{"dtype":"F32","shape":[1]}} | 4 | header.a: expected a field 'data_offsets', found none
                    {"a":{"dtype":"F32","data_offsets":[0,4]}} | 4 | header.a: expected a field 'shape', found none
                    {"a":{"dtype":"F99","shape":[1],"data_offsets":[0,4]}} | 4 | tensor 'a': expected a dtype of [F64, I64, U64, F32, I32, U32, F16, BF16, I16, U16, I8, U8, BOOL], found 'F99'
                    {"a":{"dtype":7,"shape":[1],"data_offsets":[0,4]}} | 4 | header.a.dtype: expected a string, found the number 7
                    {"a":{"dtype":"F32","shape":1,"data_offsets":[0,4]}} | 4 | header.a.shape: expected an array, found the number 1
                    {"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}} | 4 | header.a.shape[0]: expected an integer from 0 to 9223372036854775807, found the number -1
                    {"a":{"dtype":"F32","shape":[1.0],"data_offsets":[0,4]}} | 4 | header.a.shape[0]: expected an integer from 0 to 9223372036854775807, found the number 1.0
                    {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}} | 4 | tensor 'a': F32 of shape [2] takes 8 bytes, its data_offsets [0, 4] hold 4
                    {"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,4]}} | 4 | tensor 'a': its shape [4294967296, 4294967296] exceeds any file
                    {"a":{"dtype":"F32","shape":[9223372036854775807],"data_offsets":[0,4]}} | 4 | tensor 'a': its shape [9223372036854775807] exceeds any file
                    {"a":{"dtype":"U8","shape":[4611686018427387904],"data_offsets":[0,4]}} | 4 | tensor 'a': U8 of shape [4611686018427387904] takes 4611686018427387904 bytes, its data_offsets [0, 4] hold 4
                    {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,8]}} | 4 | truncated: expected tensor 'a' to end 8 bytes behind the header, where the file has only 4
                    {"a":{"dtype":"F32","shape":[1],"data_offsets":[-4,0]}} | 4 | header.a.data_offsets[0]: expected an integer from 0 to 9223372036854775807, found the number -4
                    {"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}} | 4 | tensor 'a': expected its begin and end as data_offsets, found [4, 0]
                    {"a":{"dtype":"F32","shape":[1],"data_offsets":[0]}} | 4 | tensor 'a': expected its begin and end as data_offsets, found [0]
                    {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4,8]}} | 8 | tensor 'a': expected its begin and end as data_offsets, found [0, 4, 8]
                    {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"x":1}} | 4 | header.a: unknown field 'x'
                    {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}} | 8 | expected 4 bytes behind the header, as its tensors take, found 8
                    {"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"b":{"dtype":"U8","shape":[4],"data_offsets":[2,6]}} | 6 | tensor 'b' overlaps 'a': expected it to begin at byte 4, found 2
                    {"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"b":{"dtype":"U8","shape":[2],"data_offsets":[6,8]}} | 8 | tensor 'b' leaves a hole behind 'a': expected it to begin at byte 4, found 6
                    {"b":{"dtype":"U8","shape":[2],"data_offsets":[6,8]}} | 8 | tensor 'b' leaves a hole behind the header: expected it to begin at byte 0, found 6
                    {"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"F32","shape":[1],"data_offsets":[2,6]}} | 6 | tensor 'b': F32 begins at a multiple of 4 bytes, found 2
                    {"__metadata__":{"k":1}}    | 0 | header.__metadata__.k: expected a string, found the number 1
                    {"__metadata__":[]}         | 0 | header.__metadata__: expected an object, found an array
                    {"__metadata__":{"k":"1","k":"2"}} | 0 | duplicate key 'k' at character 25
                    {"a":{},"a":{}}             | 0 | duplicate key 'a' at character 8
                    {"a":{},                    | 0 | expected a key in quotes
                    """)
    void headersAreChecked(String header, int dataBytes, String message) throws Exception {
        assertRefused(file(header, new byte[dataBytes]), message);
    }

    @Test
    void lengthIsChecked() throws Exception {
        assertRefused(new byte[0], "expected at least the 8 bytes of a header length, found 0");
        assertRefused(new byte[7], "expected at least the 8 bytes of a header length, found 7");
        assertRefused(length(0, 2), "header length: expected 2 to 16777216 bytes, found 0");
        assertRefused(length(-1, 2), "found 18446744073709551615");
        assertRefused(length(Long.MAX_VALUE, 2), "found 9223372036854775807");
        assertRefused(length(16_777_224, 2), "found 16777224");
        assertRefused(
                length(16, 2),
                "truncated: expected a header of 16 bytes, found 2 bytes behind its length");
        assertRefused(length(3, 8), "header length: expected a multiple of 8");
    }

    @Test
    void headerMustBeUtf8() throws Exception {
        byte[] bytes = file("{\"__metadata__\":{\"k\":\"xx\"}}", new byte[0]);
        bytes[8 + 22] = (byte) 0xFF;
        assertRefused(bytes, "the header is not UTF-8");
    }

    @Test
    void everyTruncationIsRefused() throws Exception {
        byte[] good = goodFile();
        for (int length = 0; length < good.length; length++) {
            byte[] cut = Arrays.copyOf(good, length);
            String message =
                    assertThrows(SafetensorsException.class, () -> read(cut), "cut to " + length)
                            .getMessage();
            assertTrue(length < 8 || message.contains("truncated"), message);
        }
        assertRefused(Arrays.copyOf(good, good.length + 1), "behind the header");
    }

    @Test
    void flippedBitsAreReadOrRefused() throws Exception {
        byte[] good = goodFile();
        SplittableRandom random = new SplittableRandom(3);
        int refused = 0;
        for (int round = 0; round < 1000; round++) {
            byte[] bad = good.clone();
            for (int k = 0; k <= random.nextInt(4); k++) {
                bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
            }
            try {
                read(bad);
            } catch (SafetensorsException e) {
                refused++;
            }
        }
        assertTrue(refused > 300, "only " + refused + " refused");
    }

    @Test
    void tensorsAreGivenAsWhatTheyAre() throws Exception {
        Path file = folder.resolve("file");
        Files.write(file, goodFile());
        try (SafetensorsReader reader = SafetensorsReader.open(file)) {
            assertMessage("expected a tensor 'x', found none", () -> reader.tensor("x"));
            assertMessage(
                    "tensor 'a': expected shape [3, 2], found [2, 3]",
                    () -> reader.tensor("a", 3, 2));
            assertMessage(
                    "tensor 'a': expected dtype I32, found F32",
                    () -> reader.ints(reader.tensor("a")));
            TensorInfo foreign = new TensorInfo("a", TensorType.F32, java.util.List.of(), 0, 1000);
            assertThrows(IllegalArgumentException.class, () -> reader.floats(foreign));
        }
    }

    @Test
    void filesThatAreNoneAreRefused() throws Exception {
        assertThrows(
                NoSuchFileException.class, () -> SafetensorsReader.open(folder.resolve("nowhere")));
        IOException e = assertThrows(IOException.class, () -> SafetensorsReader.open(folder));
        assertTrue(e.getMessage() != null, "no message");
    }

    /** Some writers do not sort tensors in the header; order there means nothing. */
    @Test
    void orderInTheHeaderIsFree() throws Exception {
        String header =
                "{\"b\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[1,2]},"
                        + "\"none\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]},"
                        + "\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]}}";
        Path path = folder.resolve("file");
        Files.write(path, file(header, new byte[] {1, 2}));
        try (SafetensorsReader reader = SafetensorsReader.open(path)) {
            assertArrayEquals(new byte[] {1}, reader.bytes(reader.tensor("a")));
            assertArrayEquals(new byte[] {2}, reader.bytes(reader.tensor("b")));
            assertEquals("[none, a, b]", reader.tensors().keySet().toString());
        }
    }

    private byte[] goodFile() throws IOException {
        Path file = folder.resolve("good");
        new SafetensorsWriter()
                .metadata("k", "v")
                .floats("a", new float[6], 2, 3)
                .ints("b", new int[2], 2)
                .bytes("c", new byte[3], 3)
                .write(file);
        return Files.readAllBytes(file);
    }

    private static byte[] length(long declared, int rest) {
        return ByteBuffer.allocate(8 + rest)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(declared)
                .array();
    }

    private static byte[] file(String header, byte[] data) {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        int padded = Math.ceilDiv(json.length, 8) * 8;
        ByteBuffer bytes =
                ByteBuffer.allocate(8 + padded + data.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(padded).put(json);
        while (bytes.position() < 8 + padded) {
            bytes.put((byte) ' ');
        }
        return bytes.put(data).array();
    }

    private void read(byte[] bytes) throws IOException {
        Path file = folder.resolve("file");
        Files.write(file, bytes);
        try (SafetensorsReader reader = SafetensorsReader.open(file)) {
            for (TensorInfo tensor : reader.tensors().values()) {
                if (tensor.type() == TensorType.F32) {
                    reader.floats(tensor);
                }
            }
        }
    }

    private void assertRefused(byte[] bytes, String message) {
        assertMessage(message, () -> read(bytes));
    }

    private static void assertMessage(
            String message, org.junit.jupiter.api.function.Executable call) {
        SafetensorsException e = assertThrows(SafetensorsException.class, call);
        assertTrue(e.getMessage().contains(message), e.getMessage());
        assertTrue(e.getMessage().contains("file"), e.getMessage());
    }
}
