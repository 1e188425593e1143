package hlstm.runtime.safetensors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written is read back, and lies in the file as the format says. */
final class RoundTripTest {
    @TempDir private Path folder;

    @Test
    void everyTypeReadsBack() throws Exception {
        Path file = folder.resolve("all.safetensors");
        double[] doubles = {1.5, -0.0, Double.NaN, Double.MIN_VALUE};
        float[] floats = {1.5f, -2, Float.NEGATIVE_INFINITY, 0.1f, 5, 6};
        long[] longs = {Long.MIN_VALUE, 7};
        int[] ints = {Integer.MAX_VALUE, -1, 3};
        int[] shorts = {0, 65535, 256};
        byte[] bytes = {-128, 127, 0};
        new SafetensorsWriter()
                .bytes("bytes", bytes, 3)
                .unsignedShorts("shorts", shorts, 3, 1)
                .ints("ints", ints, 3)
                .longs("longs", longs, 2)
                .floats("floats", floats, 2, 3)
                .floats("scalar", new float[] {4})
                .floats("nothing", new float[0], 0, 5)
                .doubles("doubles", doubles, 4)
                .metadata("key \"quoted\" \n", "värde € 😀")
                .write(file);
        try (SafetensorsReader reader = SafetensorsReader.open(file)) {
            assertEquals(Map.of("key \"quoted\" \n", "värde € 😀"), reader.metadata());
            assertEquals(8, reader.tensors().size());
            assertEquals(Files.size(file), reader.fileBytes());
            assertArrayEquals(doubles, reader.doubles(reader.tensor("doubles", 4)));
            assertArrayEquals(floats, reader.floats(reader.tensor("floats", 2, 3)));
            assertArrayEquals(longs, reader.longs(reader.tensor("longs", 2)));
            assertArrayEquals(ints, reader.ints(reader.tensor("ints", 3)));
            assertArrayEquals(shorts, reader.unsignedShorts(reader.tensor("shorts", 3, 1)));
            assertArrayEquals(bytes, reader.bytes(reader.tensor("bytes", 3)));
            assertArrayEquals(new float[] {4}, reader.floats(reader.tensor("scalar")));
            assertEquals(List.of(), reader.tensor("scalar").shape());
            assertEquals(0, reader.floats(reader.tensor("nothing", 0, 5)).length);
        }
    }

    /** Half precision is not written here, but others write it. */
    @Test
    void realNumbersOfAnyPrecisionAreRead() throws Exception {
        String header =
                "{\"d\":{\"dtype\":\"F64\",\"shape\":[2],\"data_offsets\":[0,16]},"
                        + "\"s\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[16,20]},"
                        + "\"i\":{\"dtype\":\"I32\",\"shape\":[1],\"data_offsets\":[20,24]},"
                        + "\"h\":{\"dtype\":\"F16\",\"shape\":[3],\"data_offsets\":[24,30]},"
                        + "\"b\":{\"dtype\":\"BF16\",\"shape\":[1,2],\"data_offsets\":[30,34]}}";
        int padded = Math.ceilDiv(header.length(), 8) * 8;
        ByteBuffer bytes =
                ByteBuffer.allocate(8 + padded + 34).order(ByteOrder.LITTLE_ENDIAN).putLong(padded);
        bytes.put((header + " ".repeat(padded - header.length())).getBytes(StandardCharsets.UTF_8));
        bytes.putDouble(0.1).putDouble(1e300).putFloat(2.5f).putInt(7);
        // 1, -2 and the smallest positive number; 1 and -0.0078125.
        bytes.putShort((short) 0x3c00).putShort((short) 0xc000).putShort((short) 1);
        bytes.putShort((short) 0x3f80).putShort((short) 0xbc00);
        Path file = Files.write(folder.resolve("half.safetensors"), bytes.array());
        try (SafetensorsReader reader = SafetensorsReader.open(file)) {
            assertArrayEquals(
                    new float[] {0.1f, Float.POSITIVE_INFINITY},
                    reader.anyFloats(reader.tensor("d")));
            assertArrayEquals(new float[] {2.5f}, reader.anyFloats(reader.tensor("s")));
            assertArrayEquals(new float[] {1, -2, 0x1p-24f}, reader.anyFloats(reader.tensor("h")));
            assertArrayEquals(
                    new float[] {1, -0x1p-7f}, reader.anyFloats(reader.tensor("b", 1, 2)));
            SafetensorsException e =
                    assertThrows(
                            SafetensorsException.class, () -> reader.anyFloats(reader.tensor("i")));
            assertTrue(
                    e.getMessage().contains("expected dtype F16, BF16, F32 or F64, found I32"),
                    e.getMessage());
        }
    }

    /** Longer than the writer's chunks, and no multiple of them. */
    @Test
    void longTensorsReadBack() throws Exception {
        Path file = folder.resolve("long.safetensors");
        int[] ints = new int[700_001];
        int[] shorts = new int[1_200_003];
        for (int k = 0; k < shorts.length; k++) {
            ints[k % ints.length] = k * 31;
            shorts[k] = k & 0xFFFF;
        }
        new SafetensorsWriter()
                .ints("ints", ints, ints.length)
                .unsignedShorts("shorts", shorts, shorts.length)
                .write(file);
        try (SafetensorsReader reader = SafetensorsReader.open(file)) {
            assertArrayEquals(ints, reader.ints(reader.tensor("ints")));
            assertArrayEquals(shorts, reader.unsignedShorts(reader.tensor("shorts")));
        }
    }

    @Test
    void bytesAreThoseOfTheFormat() throws Exception {
        Path file = folder.resolve("small.safetensors");
        new SafetensorsWriter()
                .bytes("b", new byte[] {9}, 1)
                .floats("a", new float[] {1}, 1)
                .metadata("k", "v")
                .write(file);
        String header =
                "{\"__metadata__\":{\"k\":\"v\"},"
                        + "\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
                        + "\"b\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[4,5]}}";
        int padded = Math.ceilDiv(header.length(), 8) * 8;
        ByteBuffer expected =
                ByteBuffer.allocate(8 + padded + 5).order(ByteOrder.LITTLE_ENDIAN).putLong(padded);
        expected.put(
                (header + " ".repeat(padded - header.length()))
                        .getBytes(StandardCharsets.US_ASCII));
        expected.putFloat(1).put((byte) 9);
        assertArrayEquals(expected.array(), Files.readAllBytes(file));
    }

    @Test
    void orderOfAddingDoesNotMatter() throws Exception {
        Path one = folder.resolve("one");
        Path two = folder.resolve("two");
        new SafetensorsWriter()
                .metadata("x", "1")
                .metadata("y", "2")
                .ints("i", new int[] {1}, 1)
                .floats("f", new float[] {2}, 1)
                .write(one);
        new SafetensorsWriter()
                .floats("f", new float[] {2}, 1)
                .ints("i", new int[] {1}, 1)
                .metadata("y", "2")
                .metadata("x", "1")
                .write(two);
        assertArrayEquals(Files.readAllBytes(one), Files.readAllBytes(two));
    }

    @Test
    void nothingAtAllIsAFileToo() throws Exception {
        Path file = folder.resolve("empty");
        new SafetensorsWriter().write(file);
        try (SafetensorsReader reader = SafetensorsReader.open(file)) {
            assertTrue(reader.tensors().isEmpty());
            assertTrue(reader.metadata().isEmpty());
        }
    }

    @Test
    void writerRefusesWhatItCannotWrite() {
        SafetensorsWriter writer = new SafetensorsWriter().ints("a", new int[2], 2);
        assertRefused("two tensors are named 'a'", () -> writer.ints("a", new int[2], 2));
        assertRefused(
                "tensor 'b': shape [3, 2] needs 6 values, found 5",
                () -> writer.floats("b", new float[5], 3, 2));
        assertRefused(
                "tensor 'c': expected values in [0, 65535], found 65536",
                () -> writer.unsignedShorts("c", new int[] {65536}, 1));
        assertRefused("no extent is negative", () -> writer.ints("d", new int[1], -1, -1));
        assertRefused(
                "a tensor cannot be named __metadata__",
                () -> writer.ints("__metadata__", new int[1], 1));
    }

    private static void assertRefused(String message, Runnable call) {
        var e = assertThrows(IllegalArgumentException.class, call::run);
        assertTrue(e.getMessage().contains(message), e.getMessage());
    }
}
