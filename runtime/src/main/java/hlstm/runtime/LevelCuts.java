package hlstm.runtime;

import hlstm.runtime.AffineLevel.Product;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Where a level is cut so that threads get nearly the same number of stored weights. A cut goes
 * through all matrices of the level, and through each where its layout allows it.
 */
final class LevelCuts {
    private final List<Product> products;
    private final int rows;

    /** Rows at which the level may begin, end or be cut, ascending. */
    private final int[] borders;

    LevelCuts(List<Product> products) {
        this.products = products;
        rows = products.stream().mapToInt(Product::outputEnd).max().orElse(0);
        borders = IntStream.rangeClosed(0, rows).filter(this::mayCut).toArray();
    }

    private boolean mayCut(int row) {
        for (Product product : products) {
            int within = row - product.outputOffset();
            if (within > 0
                    && within < product.weights().rows()
                    && within % product.weights().rowGroup() != 0) {
                return false;
            }
        }
        return true;
    }

    /** The level in at most so many parts, of {@code minShare} stored weights on average. */
    AffineLevel split(float[] bias, int threads, int minShare) {
        long stored = storedAbove(rows);
        int wanted = Math.clamp(stored / minShare, 1, threads);
        List<Integer> cuts = new ArrayList<>(List.of(0));
        for (int part = 1; part < wanted; part++) {
            int row = nearest(stored * part / wanted);
            if (row > cuts.getLast() && row < rows) {
                cuts.add(row);
            }
        }
        cuts.add(rows);
        Product[][] parts = new Product[cuts.size() - 1][];
        for (int part = 0; part < parts.length; part++) {
            parts[part] = between(cuts.get(part), cuts.get(part + 1));
        }
        return new AffineLevel(bias, cuts.stream().mapToInt(row -> row).toArray(), parts);
    }

    /** The border above which the number of stored weights is closest to the one wanted. */
    private int nearest(long wanted) {
        int low = 0;
        int high = borders.length - 1;
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (storedAbove(borders[middle]) <= wanted) {
                low = middle;
            } else {
                high = middle;
            }
        }
        long below = wanted - storedAbove(borders[low]);
        long beyond = storedAbove(borders[high]) - wanted;
        return borders[below <= beyond ? low : high];
    }

    /** Stored weights of the rows before a border. */
    private long storedAbove(int border) {
        long stored = 0;
        for (Product product : between(0, border)) {
            stored += product.weights().storedValues();
        }
        return stored;
    }

    /** What is left of the products between two borders. */
    private Product[] between(int from, int to) {
        List<Product> cut = new ArrayList<>();
        for (Product product : products) {
            int start = Math.max(from, product.outputOffset());
            int end = Math.min(to, product.outputEnd());
            if (start < end) {
                cut.add(
                        new Product(
                                product.weights()
                                        .slice(
                                                start - product.outputOffset(),
                                                end - product.outputOffset()),
                                product.source(),
                                product.inputOffset(),
                                start));
            }
        }
        return cut.toArray(Product[]::new);
    }
}
