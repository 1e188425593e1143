package hlstm.trainer.scenes;

import java.util.ArrayList;
import java.util.List;

/**
 * Points of a picture that hang together by their sides, in a box of columns and rows, ends
 * included.
 *
 * @param points how many there are
 */
record Region(int points, int left, int right, int top, int bottom) {
    /** Points of the smallest region that counts. */
    private static final int SPECK = 6;

    /** The longer side of the box. */
    int extent() {
        return Math.max(right - left, bottom - top) + 1;
    }

    /** The smallest region's box that holds the boxes of both. */
    Region and(Region other) {
        return new Region(
                points + other.points,
                Math.min(left, other.left),
                Math.max(right, other.right),
                Math.min(top, other.top),
                Math.max(bottom, other.bottom));
    }

    /**
     * The regions of points that are mostly of a colour, specks left out.
     *
     * @param cover how much each point is of it, 0 to 1, row by row
     * @param size of a side of the picture
     */
    static List<Region> of(double[] cover, int size) {
        boolean[] waits = new boolean[cover.length];
        for (int point = 0; point < cover.length; point++) {
            waits[point] = cover[point] > 0.5;
        }
        List<Region> regions = new ArrayList<>();
        int[] open = new int[cover.length];
        for (int start = 0; start < cover.length; start++) {
            if (waits[start]) {
                Region region = grow(waits, size, start, open);
                if (region.points >= SPECK) {
                    regions.add(region);
                }
            }
        }
        return regions;
    }

    /** The region around a point, whose points wait no more afterwards. */
    private static Region grow(boolean[] waits, int size, int start, int[] open) {
        Region region = null;
        int count = 0;
        open[count++] = start;
        waits[start] = false;
        while (count > 0) {
            int point = open[--count];
            int x = point % size;
            int y = point / size;
            Region single = new Region(1, x, x, y, y);
            region = region == null ? single : region.and(single);
            int[] beside = {
                x > 0 ? point - 1 : point,
                x < size - 1 ? point + 1 : point,
                y > 0 ? point - size : point,
                y < size - 1 ? point + size : point
            };
            for (int next : beside) {
                if (waits[next]) {
                    waits[next] = false;
                    open[count++] = next;
                }
            }
        }
        return region;
    }
}
