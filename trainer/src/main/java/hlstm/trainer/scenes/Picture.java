package hlstm.trainer.scenes;

import java.awt.image.BufferedImage;

/** A square picture in colour. Immutable. */
public final class Picture {
    private static final int CHANNELS = 3;

    private final int size;
    private final byte[] values;

    /**
     * A picture.
     *
     * @param values red, green and blue of each point, row after row; not copied
     */
    Picture(int size, byte[] values) {
        if (values.length != size * size * CHANNELS) {
            throw new IllegalArgumentException(
                    "a picture of %d x %d has %d values, found %d"
                            .formatted(size, size, size * size * CHANNELS, values.length));
        }
        this.size = size;
        this.values = values;
    }

    /** Points of a side. */
    public int size() {
        return size;
    }

    /** Red, green or blue (0, 1, 2) of a point, in [0, 255]. */
    int value(int x, int y, int channel) {
        return values[(y * size + x) * CHANNELS + channel] & 0xff;
    }

    /** For pages and files. */
    public BufferedImage image() {
        BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                image.setRGB(x, y, value(x, y, 0) << 16 | value(x, y, 1) << 8 | value(x, y, 2));
            }
        }
        return image;
    }
}
