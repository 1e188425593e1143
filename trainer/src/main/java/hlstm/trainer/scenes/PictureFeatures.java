package hlstm.trainer.scenes;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Features of a picture, such as were in use before networks learned them. For each colour of the
 * palette: how much of the picture it covers, in how many regions, how large such a region is and
 * how round; which share of the regions of other colours is to the left of all of its own, to the
 * right, above and below; and a histogram of the directions of its edges (after Dalal and Triggs,
 * CVPR 2005), of which shapes can be told.
 */
final class PictureFeatures {
    private static final int DIRECTIONS = 12;

    /** Of each colour. */
    private static final int PER_COLOUR = 8 + DIRECTIONS;

    /** Length of the vector. */
    static final int WIDTH = Paint.values().length * PER_COLOUR;

    /** Squared distance in colour at which a point counts as half of a colour. */
    private static final double HALF = 40 * 40;

    /** Points, about a quarter of the smallest thing: less is taken for none. */
    private static final double LEAST_AREA = 20;

    /** Length in points, about a third of the edge of the smallest thing. */
    private static final double LEAST_LENGTH = 10;

    /** A side of a region in points, between those of small and of large things. */
    private static final float EXTENT = 10;

    private PictureFeatures() {}

    /** The features of a picture: {@link #WIDTH} numbers between 0 and a few. */
    static float[] of(Picture picture) {
        float[] features = new float[WIDTH];
        Map<Paint, double[]> covers = new EnumMap<>(Paint.class);
        Map<Paint, List<Region>> regions = new EnumMap<>(Paint.class);
        for (Paint paint : Paint.values()) {
            double[] cover = cover(picture, paint);
            covers.put(paint, cover);
            regions.put(paint, Region.of(cover, picture.size()));
        }
        for (Paint paint : Paint.values()) {
            List<Region> others = new ArrayList<>();
            regions.forEach((other, found) -> others.addAll(other == paint ? List.of() : found));
            int at = paint.ordinal() * PER_COLOUR;
            fill(covers.get(paint), picture.size(), regions.get(paint), others, features, at);
        }
        return features;
    }

    /** How much each point is of a colour, 0 to 1. */
    static double[] cover(Picture picture, Paint paint) {
        int size = picture.size();
        double[] cover = new double[size * size];
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                double distance = 0;
                for (int channel = 0; channel < 3; channel++) {
                    double d = picture.value(x, y, channel) - paint.channel(channel);
                    distance += d * d;
                }
                double ratio = distance / HALF;
                cover[y * size + x] = 1 / (1 + ratio * ratio);
            }
        }
        return cover;
    }

    private static void fill(
            double[] cover,
            int size,
            List<Region> regions,
            List<Region> others,
            float[] features,
            int at) {
        double area = 0;
        double length = 0;
        double[] edges = new double[DIRECTIONS];
        for (int y = 1; y < size - 1; y++) {
            for (int x = 1; x < size - 1; x++) {
                int k = y * size + x;
                area += cover[k];
                double dx = (cover[k + 1] - cover[k - 1]) / 2;
                double dy = (cover[k + size] - cover[k - size]) / 2;
                double slope = StrictMath.hypot(dx, dy);
                length += slope;
                add(edges, StrictMath.atan2(dy, dx), slope);
            }
        }
        int next = at;
        // As a logarithm, so that ratios become differences.
        features[next++] = (float) StrictMath.log1p(area / LEAST_AREA);
        features[next++] = regions.size();
        features[next++] = extent(regions) / EXTENT;
        // Of one region: 1 for circles, less for all other shapes.
        double around = length + LEAST_LENGTH;
        features[next++] = (float) (4 * Math.PI * area * regions.size() / (around * around));
        Region all = regions.stream().reduce(Region::and).orElse(null);
        features[next++] = share(others, other -> all != null && other.right() < all.left());
        features[next++] = share(others, other -> all != null && other.left() > all.right());
        features[next++] = share(others, other -> all != null && other.bottom() < all.top());
        features[next++] = share(others, other -> all != null && other.top() > all.bottom());
        for (int k = 0; k < DIRECTIONS; k++) {
            features[next++] = (float) (edges[k] / (length + LEAST_LENGTH) * DIRECTIONS / 4);
        }
    }

    private static float extent(List<Region> regions) {
        return (float) regions.stream().mapToInt(Region::extent).average().orElse(0);
    }

    private static float share(List<Region> regions, Predicate<Region> which) {
        return regions.isEmpty()
                ? 0
                : (float) regions.stream().filter(which).count() / regions.size();
    }

    /** Shares a slope among the two directions that are nearest. */
    private static void add(double[] edges, double angle, double slope) {
        double place = (angle / (2 * Math.PI) + 1) * DIRECTIONS;
        int lower = (int) Math.floor(place);
        double share = place - lower;
        edges[lower % DIRECTIONS] += (1 - share) * slope;
        edges[(lower + 1) % DIRECTIONS] += share * slope;
    }
}
