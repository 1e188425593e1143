package hlstm.trainer.numpy;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** Files of NumPy: {@code .npy} with one array, and {@code .npz}, which are ZIP files of those. */
public final class NumpyFiles {
    private static final String SUFFIX = ".npy";

    private NumpyFiles() {}

    /**
     * The array of an {@code .npy} file.
     *
     * @throws NumpyException if it holds none of numbers or texts
     */
    public static NumpyArray array(Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            return NumpyArray.read(in, file.toString());
        }
    }

    /**
     * The arrays of an {@code .npz} file by their names, in the order of the file.
     *
     * @throws NumpyException if one is not of numbers or texts, two have the same name, or its
     *     bytes are not those that were written
     */
    public static Map<String, NumpyArray> arrays(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString());
        }
        Map<String, NumpyArray> arrays = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            List<? extends ZipEntry> entries = zip.stream().toList();
            for (ZipEntry entry : entries) {
                String name = entry.getName();
                if (name.endsWith(SUFFIX)) {
                    name = name.substring(0, name.length() - SUFFIX.length());
                }
                NumpyArray array = array(zip, entry, "%s, array %s".formatted(file, name));
                if (arrays.put(name, array) != null) {
                    throw new NumpyException(
                            "%s: expected arrays of different names, found two named %s"
                                    .formatted(file, name));
                }
            }
        } catch (ZipException e) {
            throw new NumpyException(
                    "%s: expected NumPy's npz, which is a ZIP file; it is none, or cut off: %s"
                            .formatted(file, e.getMessage()));
        }
        return arrays;
    }

    private static NumpyArray array(ZipFile zip, ZipEntry entry, String source) throws IOException {
        // A ZipFile does not compare checksums by itself.
        CRC32 checksum = new CRC32();
        NumpyArray array;
        try (InputStream in =
                new BufferedInputStream(
                        new CheckedInputStream(zip.getInputStream(entry), checksum))) {
            array = NumpyArray.read(in, source);
        } catch (ZipException | EOFException e) {
            throw new NumpyException(
                    "%s: damaged: it cannot be unpacked: %s".formatted(source, e.getMessage()));
        }
        if (entry.getCrc() != checksum.getValue()) {
            throw new NumpyException(
                    "%s: damaged: expected the checksum %08x, found %08x"
                            .formatted(source, entry.getCrc(), checksum.getValue()));
        }
        return array;
    }
}
