package hlstm.trainer.scenes;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Paints scenes: things on a light ground with a little noise, each at a place of its own. The same
 * random numbers give the same picture on every machine.
 */
final class ScenePainter {
    /** Points of a side of a picture. */
    static final int SIZE = 64;

    private static final double LARGE = 8.5;
    private static final double SMALL = 4.8;
    private static final double SIZE_JITTER = 0.06;
    private static final double TILT = 0.15;
    private static final int SAMPLES = 3;
    private static final int LIGHTEST = 250;
    private static final int GROUND_RANGE = 30;
    private static final int NOISE = 6;

    /** A thing at its place, in points. */
    private record Placed(Things things, double x, double y, double radius, double tilt) {}

    private final SplittableRandom random;

    private ScenePainter(SplittableRandom random) {
        this.random = random;
    }

    /** A picture of a scene, in which places, sizes, ground and noise are by chance. */
    static Picture paint(Scene scene, SplittableRandom random) {
        return new ScenePainter(random).paint(scene);
    }

    private Picture paint(Scene scene) {
        List<Placed> placed = new ArrayList<>();
        List<Integer> thirds = new ArrayList<>(List.of(0, 1, 2));
        for (int k = thirds.size() - 1; k > 0; k--) {
            Collections.swap(thirds, k, random.nextInt(k + 1));
        }
        if (scene.second() == null) {
            place(scene.first(), thirds, 0, SIZE, random.nextBoolean(), placed);
        } else {
            boolean sideways = scene.relation().sideways();
            int first = scene.relation().firstComesFirst() ? 0 : SIZE / 2;
            place(scene.first(), thirds, first, SIZE / 2, sideways, placed);
            place(scene.second(), thirds, SIZE / 2 - first, SIZE / 2, sideways, placed);
        }
        return draw(placed);
    }

    /**
     * Finds places for things in a strip of the picture, in different thirds of its length.
     *
     * @param thirds in the order in which they are taken; where those of both halves take them in
     *     one order, none of them are wholly above the others and beside them too
     * @param from where the strip starts
     * @param width how broad it is
     * @param upright whether it goes from the top to the bottom, and not from left to right
     */
    private void place(
            Things things,
            List<Integer> thirds,
            int from,
            int width,
            boolean upright,
            List<Placed> placed) {
        double radius = things.large() ? LARGE : SMALL;
        double third = SIZE / 3.0;
        for (int k = 0; k < things.count(); k++) {
            double size = radius * (1 + SIZE_JITTER * random.nextDouble(-1, 1));
            double free = Math.min(third - 2 * size - 2, size);
            double along = (thirds.get(k) + 0.5) * third + free * random.nextDouble(-0.5, 0.5);
            double across = from + within(width, size);
            double tilt = TILT * random.nextDouble(-1, 1);
            placed.add(
                    upright
                            ? new Placed(things, across, along, size, tilt)
                            : new Placed(things, along, across, size, tilt));
        }
    }

    /** A place for something of a radius in a room of a width. */
    private double within(double width, double radius) {
        return radius + 1 + (width - 2 * radius - 2) * random.nextDouble();
    }

    private Picture draw(List<Placed> placed) {
        byte[] values = new byte[SIZE * SIZE * 3];
        int ground = LIGHTEST - random.nextInt(GROUND_RANGE);
        for (int y = 0; y < SIZE; y++) {
            for (int x = 0; x < SIZE; x++) {
                for (int channel = 0; channel < 3; channel++) {
                    double value = ground + NOISE * random.nextDouble(-1, 1);
                    for (Placed thing : placed) {
                        double share = coverage(thing, x, y);
                        int paint = thing.things().paint().channel(channel);
                        value += share * (paint - value);
                    }
                    values[(y * SIZE + x) * 3 + channel] =
                            (byte) Math.clamp(Math.round(value), 0, 255);
                }
            }
        }
        return new Picture(SIZE, values);
    }

    /** The share of a point of the picture that a thing covers. */
    private static double coverage(Placed thing, int x, int y) {
        double reach = thing.radius() + 1;
        if (Math.abs(x + 0.5 - thing.x()) > reach || Math.abs(y + 0.5 - thing.y()) > reach) {
            return 0;
        }
        int inside = 0;
        for (int k = 0; k < SAMPLES * SAMPLES; k++) {
            double dx = x + (k % SAMPLES + 0.5) / SAMPLES - thing.x();
            double dy = y + (k / SAMPLES + 0.5) / SAMPLES - thing.y();
            boolean in =
                    thing.things()
                            .shape()
                            .contains(dx / thing.radius(), -dy / thing.radius(), thing.tilt());
            inside += in ? 1 : 0;
        }
        return (double) inside / (SAMPLES * SAMPLES);
    }
}
