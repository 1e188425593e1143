package hlstm.trainer.numpy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NumpyFilesTest {
    /**
     * What NumPy 1.26 wrote: {@code numpy.savez_compressed(f, names=numpy.array(['a.jpg',
     * 'é.png']), features=numpy.array([[1.5, -2], [0.25, 3e-5]], dtype=numpy.float32))}.
     */
    private static final String NPZ =
            "UEsDBC0AAAAIAAAAIQD3RAFl//////////8JABQAbmFtZXMubnB5AQAQAKgAAAAAAAAAWgAAAAAAAACb7BfqGxDJyFDG"
                    + "UK2eklqcXKRupaBuE2qqrqOgnpZfVFKUmBefX5SSChJ3S8wpTgWKF2ckFqQC+RpGOpo6CrUKFACuRAYGBj0gzgLi"
                    + "AiBOB+KXUDEQPw8qBgBQSwMELQAAAAgAAAAhACB6V5f//////////wwAFABmZWF0dXJlcy5ucHkBABAAkAAAAAAA"
                    + "AABVAAAAAAAAAJvsF+obEMnIUMZQrZ6SWpxcpG6loG6TZqKuo6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5"
                    + "GkY6CkaaOgq1CmQDLgaGA/YMQIKBocGuacVvcwBQSwECLQMtAAAACAAAACEA90QBZVoAAACoAAAACQAAAAAAAAAA"
                    + "AAAAgAEAAAAAbmFtZXMubnB5UEsBAi0DLQAAAAgAAAAhACB6V5dVAAAAkAAAAAwAAAAAAAAAAAAAAIABlQAAAGZl"
                    + "YXR1cmVzLm5weVBLBQYAAAAAAgACAHEAAAAoAQAAAAA=";

    private static final String MATRIX =
            "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2), }";

    @TempDir private Path folder;

    private Path npz() throws IOException {
        return Files.write(folder.resolve("x.npz"), Base64.getDecoder().decode(NPZ));
    }

    private static byte[] array(String header, String hex) {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(HexFormat.of().parseHex("934e554d505901007600"));
        bytes.writeBytes(text);
        bytes.writeBytes(" ".repeat(0x76 - text.length).getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes(HexFormat.of().parseHex(hex));
        return bytes.toByteArray();
    }

    private static NumpyArray read(String header, String hex) throws IOException {
        return read(array(header, hex));
    }

    private static NumpyArray read(byte[] bytes) throws IOException {
        return NumpyArray.read(new ByteArrayInputStream(bytes), "test");
    }

    private static void refused(String part, String header, String hex) {
        IOException e = assertThrows(IOException.class, () -> read(header, hex));
        assertTrue(e.getMessage().contains(part), e.getMessage());
        assertTrue(e.getMessage().startsWith("test"), e.getMessage());
    }

    @Test
    void readsAnArchiveOfNumpy() throws IOException {
        Map<String, NumpyArray> arrays = NumpyFiles.arrays(npz());
        assertEquals(List.of("names", "features"), List.copyOf(arrays.keySet()));
        assertEquals(List.of("a.jpg", "é.png"), arrays.get("names").texts());
        assertEquals(List.of(2, 2), arrays.get("features").shape());
        assertArrayEquals(new float[] {1.5f, -2, 0.25f, 3e-5f}, arrays.get("features").floats());
    }

    /** Bytes that numpy.save wrote of arrays in other types and orders. */
    @Test
    void readsOtherTypesAndOrders() throws IOException {
        NumpyArray columns =
                read(
                        "{'descr': '<f8', 'fortran_order': True, 'shape': (2, 3), }",
                        "000000000000f03f00000000000010400000000000000040000000000000144000000000000008400000000000001a40");
        assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6.5f}, columns.floats());
        NumpyArray halves =
                read(
                        "{'descr': '>f2', 'fortran_order': False, 'shape': (4,), }",
                        "3c00b8007bff0001");
        assertArrayEquals(new float[] {1, -0.5f, 65504, 0x1p-24f}, halves.floats());
        NumpyArray bytes =
                read("{'descr': '|S2', 'fortran_order': False, 'shape': (2,), }", "7800797a");
        assertEquals(List.of("x", "yz"), bytes.texts());
        // Keys come in any order, and a shape of nothing is one element.
        NumpyArray one = read("{\"shape\":(),'fortran_order':False,'descr':'<f4'}", "0000803f");
        assertArrayEquals(new float[] {1}, one.floats());
        assertEquals(List.of(), one.shape());
    }

    @Test
    void readsMoreThanAChunk() throws IOException {
        int count = 200_001;
        byte[] bytes = array("{'descr': '<f4', 'fortran_order': False, 'shape': (200001,), }", "");
        ByteBuffer all =
                ByteBuffer.allocate(bytes.length + 4 * count)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .put(bytes);
        for (int k = 0; k < count; k++) {
            all.putFloat(k);
        }
        float[] values = read(all.array()).floats();
        assertEquals(count, values.length);
        for (int k = 0; k < count; k++) {
            assertEquals(k, values[k]);
        }
    }

    @Test
    void refusesWhatIsNoArrayOfNumbersOrTexts() {
        refused("Python objects", "{'descr': '|O', 'fortran_order': False, 'shape': (2,), }", "80");
        refused("the type >i4", "{'descr': '>i4', 'fortran_order': False, 'shape': ()}", "");
        refused(
                "several fields",
                "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': ()}",
                "");
        refused("True or False", "{'descr': '<f4', 'fortran_order': 1, 'shape': ()}", "");
        refused("not order", "{'order': 1}", "");
        refused("descr twice", "{'descr': '<f4', 'descr': '<f4', }", "");
        refused("the keys descr", "{'descr': '<f4', 'fortran_order': False}", "");
        refused("nothing behind", "{'descr': '<f4', 'fortran_order': False, 'shape': ()} x", "");
        refused("whole numbers", "{'descr': '<f4', 'fortran_order': False, 'shape': (-1,)}", "");
        refused(
                "elements",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (65536, 65536)}",
                "");
        refused(
                "texts of 1 to 65536 bytes",
                "{'descr': '<U0', 'fortran_order': False, 'shape': (2147483639,)}",
                "");
        refused(
                "1 to 65536 bytes",
                "{'descr': '<U99999', 'fortran_order': False, 'shape': (1,)}",
                "");
        refused("Unicode", "{'descr': '<U1', 'fortran_order': False, 'shape': (1,)}", "00001100");
    }

    @Test
    void refusesTooFewAndTooManyBytes() {
        refused("ends before", MATRIX, "0000803f000080");
        refused("nothing behind", MATRIX, "0000803f0000803f00");
        byte[] whole = array(MATRIX, "0000803f0000803f");
        for (int length = 0; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThrows(IOException.class, () -> read(part));
        }
    }

    @Test
    void refusesOtherFiles() throws IOException {
        Path text = Files.writeString(folder.resolve("x.npy"), "no array, but long enough");
        IOException other = assertThrows(NumpyException.class, () -> NumpyFiles.array(text));
        assertTrue(other.getMessage().contains("NUMPY"), other.getMessage());
        IOException zip = assertThrows(NumpyException.class, () -> NumpyFiles.arrays(text));
        assertTrue(zip.getMessage().contains("ZIP"), zip.getMessage());
        assertThrows(
                NoSuchFileException.class, () -> NumpyFiles.arrays(folder.resolve("none.npz")));
    }

    @Test
    void findsEveryDamagedByteOfTheData() throws IOException {
        byte[] bytes = Base64.getDecoder().decode(NPZ);
        // The second entry, behind its name and 20 more bytes. The lowest bit of a byte always
        // counts.
        int start = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("features.npy") + 32;
        for (int k = start; k < start + 0x55; k++) {
            byte[] damaged = bytes.clone();
            damaged[k] ^= 0x01;
            Path file = Files.write(folder.resolve("d.npz"), damaged);
            IOException found =
                    assertThrows(NumpyException.class, () -> NumpyFiles.arrays(file), "byte " + k);
            assertTrue(found.getMessage().contains("d.npz, array features"), found.getMessage());
        }
    }
}
