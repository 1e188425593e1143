package hlstm.trainer.scenes;

/**
 * Features of a picture, such as were in use before networks learned them. For each colour of the
 * palette: how much of the picture it covers and how long its edges are, both as logarithms, so
 * that ratios become differences; how far its things are right of the middle and below it; and a
 * histogram of the directions of its edges (after Dalal and Triggs, CVPR 2005), of which shapes can
 * be told.
 */
final class PictureFeatures {
    private static final int DIRECTIONS = 12;

    /** Of each colour. */
    private static final int PER_COLOUR = 4 + DIRECTIONS;

    /** Length of the vector. */
    static final int WIDTH = Paint.values().length * PER_COLOUR;

    /** Squared distance in colour at which a point counts as half of a colour. */
    private static final double HALF = 40 * 40;

    /** Points, about a quarter of the smallest thing: less is taken for none. */
    private static final double LEAST_AREA = 20;

    /** Length in points, about a third of the edge of the smallest thing. */
    private static final double LEAST_LENGTH = 10;

    private PictureFeatures() {}

    /** The features of a picture: {@link #WIDTH} numbers between -1 and a few. */
    static float[] of(Picture picture) {
        float[] features = new float[WIDTH];
        for (Paint paint : Paint.values()) {
            fill(cover(picture, paint), picture.size(), features, paint.ordinal() * PER_COLOUR);
        }
        return features;
    }

    /** How much each point is of a colour, 0 to 1. */
    private static double[] cover(Picture picture, Paint paint) {
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

    private static void fill(double[] cover, int size, float[] features, int at) {
        double area = 0;
        double right = 0;
        double below = 0;
        double length = 0;
        double[] edges = new double[DIRECTIONS];
        for (int y = 1; y < size - 1; y++) {
            for (int x = 1; x < size - 1; x++) {
                int k = y * size + x;
                area += cover[k];
                right += cover[k] * (2 * x + 1 - size) / size;
                below += cover[k] * (2 * y + 1 - size) / size;
                double dx = (cover[k + 1] - cover[k - 1]) / 2;
                double dy = (cover[k + size] - cover[k - size]) / 2;
                double slope = StrictMath.hypot(dx, dy);
                length += slope;
                add(edges, StrictMath.atan2(dy, dx), slope);
            }
        }
        int next = at;
        features[next++] = (float) StrictMath.log1p(area / LEAST_AREA);
        features[next++] = (float) StrictMath.log1p(length / LEAST_LENGTH);
        features[next++] = (float) (right / (area + LEAST_AREA));
        features[next++] = (float) (below / (area + LEAST_AREA));
        for (int k = 0; k < DIRECTIONS; k++) {
            features[next++] = (float) (edges[k] / (length + LEAST_LENGTH) * DIRECTIONS / 4);
        }
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
