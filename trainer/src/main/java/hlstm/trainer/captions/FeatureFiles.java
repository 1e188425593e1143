package hlstm.trainer.captions;

import hlstm.runtime.safetensors.SafetensorsException;
import hlstm.runtime.safetensors.SafetensorsReader;
import hlstm.runtime.safetensors.TensorInfo;
import hlstm.trainer.data.CorpusException;
import hlstm.trainer.numpy.NumpyArray;
import hlstm.trainer.numpy.NumpyFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads features of images:
 *
 * <ul>
 *   <li>{@code .npz}: one array of names and one matrix with a row for each;
 *   <li>{@code .npy}: a matrix, its names in the lines of the text file that is named alike ({@code
 *       features.npy}, {@code features.txt});
 *   <li>{@code .safetensors}: one matrix with such a text file, or a vector for each image, named
 *       after it; of real numbers of any precision.
 * </ul>
 */
public final class FeatureFiles {
    private FeatureFiles() {}

    /** Whether a file is named like one with features. */
    static boolean isFeatures(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".npz") || name.endsWith(".npy") || name.endsWith(".safetensors");
    }

    /**
     * The features of all images of some files.
     *
     * @throws CorpusException if a file is not of that form, or the widths differ
     */
    public static ImageFeatures read(List<Path> files) throws IOException {
        List<ImageFeatures> parts = new ArrayList<>();
        for (Path file : files) {
            parts.add(read(file));
        }
        if (parts.size() == 1) {
            return parts.getFirst();
        }
        List<String> names = new ArrayList<>();
        long length = 0;
        for (int k = 0; k < parts.size(); k++) {
            names.addAll(parts.get(k).names());
            length += (long) parts.get(k).size() * parts.get(k).width();
            if (parts.get(k).width() != parts.getFirst().width()) {
                throw new CorpusException(
                        "expected features of the same width in all files, found %d in %s and %d in %s"
                                .formatted(
                                        parts.getFirst().width(),
                                        files.getFirst(),
                                        parts.get(k).width(),
                                        files.get(k)));
            }
        }
        if (length > Integer.MAX_VALUE - 8) {
            throw new CorpusException(
                    "expected at most %,d features of all images, found %,d: give fewer images"
                            .formatted(Integer.MAX_VALUE - 8, length));
        }
        float[] values = new float[(int) length];
        int at = 0;
        for (ImageFeatures part : parts) {
            for (int row = 0; row < part.size(); row++) {
                System.arraycopy(part.vector(row), 0, values, at, part.width());
                at += part.width();
            }
        }
        return features(
                String.join(" and ", files.stream().map(Path::toString).toList()), names, values);
    }

    private static ImageFeatures read(Path file) throws IOException {
        String name = file.getFileName().toString();
        if (name.endsWith(".npz")) {
            return archive(file);
        }
        if (name.endsWith(".npy")) {
            NumpyArray array = NumpyFiles.array(file);
            return matrix(file, array.isText() ? List.of() : array.shape(), array);
        }
        if (name.endsWith(".safetensors")) {
            return tensors(file);
        }
        throw new CorpusException(
                file + ": expected features in a file ending in .npz, .npy or .safetensors");
    }

    private static ImageFeatures archive(Path file) throws IOException {
        NumpyArray names = null;
        NumpyArray matrix = null;
        Map<String, NumpyArray> arrays = NumpyFiles.arrays(file);
        for (NumpyArray array : arrays.values()) {
            if (array.isText() && names == null && array.shape().size() == 1) {
                names = array;
            } else if (!array.isText() && matrix == null && array.shape().size() == 2) {
                matrix = array;
            }
        }
        if (names == null || matrix == null || arrays.size() != 2) {
            List<String> found = new ArrayList<>();
            arrays.forEach(
                    (name, array) ->
                            found.add(
                                    "%s (%s %s)"
                                            .formatted(
                                                    name,
                                                    array.isText() ? "text" : "numbers",
                                                    array.shape())));
            throw new CorpusException(
                    "%s: expected one array of names and one matrix of features, found %s"
                            .formatted(file, String.join(", ", found)));
        }
        requireRows(file, matrix.shape().get(0), names.texts().size());
        return features(file.toString(), names.texts(), matrix.floats());
    }

    private static ImageFeatures matrix(Path file, List<Integer> shape, NumpyArray array)
            throws IOException {
        if (shape.size() != 2) {
            throw new CorpusException(
                    "%s: expected a matrix of numbers, found %s"
                            .formatted(file, array.isText() ? "texts" : "the shape " + shape));
        }
        List<String> names = namesBeside(file);
        requireRows(file, shape.get(0), names.size());
        return features(file.toString(), names, array.floats());
    }

    private static ImageFeatures tensors(Path file) throws IOException {
        try (SafetensorsReader reader = SafetensorsReader.open(file)) {
            List<TensorInfo> tensors = List.copyOf(reader.tensors().values());
            if (tensors.size() == 1 && tensors.getFirst().shape().size() == 2) {
                List<String> names = namesBeside(file);
                requireRows(file, tensors.getFirst().shape().getFirst(), names.size());
                return features(file.toString(), names, reader.anyFloats(tensors.getFirst()));
            }
            return vectors(file, reader, tensors);
        } catch (SafetensorsException e) {
            throw new CorpusException(e.getMessage());
        }
    }

    private static ImageFeatures vectors(
            Path file, SafetensorsReader reader, List<TensorInfo> tensors) throws IOException {
        List<String> names = new ArrayList<>();
        long width = tensors.isEmpty() ? 0 : tensors.getFirst().elements();
        for (TensorInfo tensor : tensors) {
            if (tensor.shape().size() != 1 || tensor.elements() != width) {
                throw new CorpusException(
                        ("%s: expected one matrix, or a vector of the same width for each image,"
                                        + " found %s behind one of width %d")
                                .formatted(file, tensor, width));
            }
            names.add(tensor.name());
        }
        if (width * tensors.size() > Integer.MAX_VALUE - 8) {
            throw new CorpusException(
                    "%s: expected at most %,d features, found %d vectors of %d"
                            .formatted(file, Integer.MAX_VALUE - 8, tensors.size(), width));
        }
        float[] values = new float[(int) (width * tensors.size())];
        int at = 0;
        for (TensorInfo tensor : tensors) {
            System.arraycopy(reader.anyFloats(tensor), 0, values, at, (int) width);
            at += (int) width;
        }
        return features(file.toString(), names, values);
    }

    /** The text file beside a file of features that names its rows, whether it is there or not. */
    static Path namesOf(Path file) {
        String name = file.getFileName().toString();
        return file.resolveSibling(name.substring(0, name.lastIndexOf('.')) + ".txt");
    }

    private static List<String> namesBeside(Path file) throws IOException {
        Path names = namesOf(file);
        if (!Files.exists(names)) {
            throw new CorpusException(
                    "%s: expected the names of its rows in %s, one a line, found no such file"
                            .formatted(file, names));
        }
        return NameLists.read(names);
    }

    private static void requireRows(Path file, long rows, int names) throws CorpusException {
        if (rows != names) {
            throw new CorpusException(
                    "%s: expected a row for each name, found %d rows and %d names"
                            .formatted(file, rows, names));
        }
    }

    private static ImageFeatures features(String source, List<String> names, float[] values)
            throws CorpusException {
        try {
            return new ImageFeatures(names, values);
        } catch (IllegalArgumentException e) {
            throw new CorpusException(source + ": " + e.getMessage());
        }
    }
}
