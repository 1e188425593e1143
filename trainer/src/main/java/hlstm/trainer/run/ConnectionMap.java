package hlstm.trainer.run;

import hlstm.sparse.SparsityPattern;
import java.awt.image.BufferedImage;
import java.util.Arrays;

/**
 * A picture of a pattern: a pixel for each connection of a small matrix; for a large one a pixel
 * for each square of connections, the darker the more of them exist.
 */
final class ConnectionMap {
    private static final int LARGEST_SIDE = 256;
    private static final int WIDEST = 320;
    private static final int TALLEST = 640;
    private static final int LARGEST_PIXEL = 4;
    private static final int PAPER = 0xf4f5f7;
    private static final int INK = 0x12355b;

    private ConnectionMap() {}

    /** Connections that a side of a pixel stands for. */
    static int side(int rows, int columns) {
        return Math.ceilDiv(Math.max(rows, columns), LARGEST_SIDE);
    }

    /** Width in which the picture is shown, its pixels enlarged by a whole number. */
    static int shownWidth(BufferedImage image) {
        int pixel = Math.min(WIDEST / image.getWidth(), TALLEST / image.getHeight());
        return image.getWidth() * Math.clamp(pixel, 1, LARGEST_PIXEL);
    }

    static BufferedImage draw(SparsityPattern pattern) {
        int side = side(pattern.rows(), pattern.columns());
        int width = Math.ceilDiv(pattern.columns(), side);
        int height = Math.ceilDiv(pattern.rows(), side);
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        int[] counts = new int[width];
        for (int y = 0; y < height; y++) {
            Arrays.fill(counts, 0);
            int first = y * side;
            int last = Math.min(pattern.rows(), first + side);
            for (int k = pattern.rowOffset(first); k < pattern.rowOffset(last); k++) {
                counts[pattern.column(k) / side]++;
            }
            for (int x = 0; x < width; x++) {
                int places = (last - first) * Math.min(side, pattern.columns() - x * side);
                // The root keeps single connections visible among many absent ones.
                image.setRGB(x, y, blend(Math.sqrt((double) counts[x] / places)));
            }
        }
        return image;
    }

    private static int blend(double share) {
        int colour = 0;
        for (int shift = 0; shift <= 16; shift += 8) {
            int paper = PAPER >> shift & 0xff;
            int ink = INK >> shift & 0xff;
            colour |= (int) Math.round(paper + share * (ink - paper)) << shift;
        }
        return colour;
    }
}
