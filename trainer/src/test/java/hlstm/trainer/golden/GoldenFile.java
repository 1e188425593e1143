package hlstm.trainer.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** A case that {@code src/test/golden/make_golden.py} has computed with PyTorch. */
public final class GoldenFile {
    private final JsonNode root;

    private GoldenFile(JsonNode root) {
        this.root = root;
    }

    /** The case of this name. */
    public static GoldenFile read(String name) {
        String path = "/golden/" + name + ".json";
        try (InputStream stream = GoldenFile.class.getResourceAsStream(path)) {
            if (stream == null) {
                throw new AssertionError("no resource " + path);
            }
            return new GoldenFile(new ObjectMapper().readTree(stream));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The node at a JSON pointer. */
    public JsonNode at(String pointer) {
        JsonNode node = root.at(pointer);
        if (node.isMissingNode()) {
            throw new AssertionError("nothing at " + pointer);
        }
        return node;
    }

    /** The elements of the tensor at a JSON pointer, row-major. */
    public double[] tensor(String pointer) {
        return numbers(at(pointer).get("data"));
    }

    /** An array of numbers. */
    public static double[] numbers(JsonNode array) {
        double[] numbers = new double[array.size()];
        for (int k = 0; k < numbers.length; k++) {
            numbers[k] = array.get(k).doubleValue();
        }
        return numbers;
    }

    /** An array of integers. */
    public static int[] integers(JsonNode array) {
        int[] numbers = new int[array.size()];
        for (int k = 0; k < numbers.length; k++) {
            numbers[k] = array.get(k).intValue();
        }
        return numbers;
    }
}
