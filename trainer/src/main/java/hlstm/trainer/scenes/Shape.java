package hlstm.trainer.scenes;

/** A shape around the origin, of radius 1, with a corner on top (a square with a side). */
enum Shape {
    CIRCLE("circle", 0, 1),
    SQUARE("square", 4, 1),
    TRIANGLE("triangle", 3, 1),
    STAR("star", 5, 0.42);

    private final String noun;
    private final int corners;
    private final double waist;

    /**
     * A shape.
     *
     * @param corners 0 is a circle
     * @param waist radius of the points between the corners; 1 for none
     */
    Shape(String noun, int corners, double waist) {
        this.noun = noun;
        this.corners = corners;
        this.waist = waist;
    }

    /** The word for it. */
    String noun() {
        return noun;
    }

    /**
     * Whether a point is inside.
     *
     * @param tilt angle by which the shape is turned, in radians
     */
    boolean contains(double x, double y, double tilt) {
        double radius = StrictMath.hypot(x, y);
        if (corners == 0) {
            return radius <= 1;
        }
        // Within one of the equal parts, each from a corner to the middle between two.
        double part = Math.PI / corners;
        double start = this == SQUARE ? part : 0;
        double angle = StrictMath.atan2(x, y) - tilt - start;
        double within = Math.abs(Math.IEEEremainder(angle, 2 * part));
        if (waist == 1) {
            return radius * StrictMath.cos(part - within) <= StrictMath.cos(part);
        }
        // The line from the corner (1, 0) to the waist.
        double px = radius * StrictMath.cos(within);
        double py = radius * StrictMath.sin(within);
        double wx = waist * StrictMath.cos(part);
        double wy = waist * StrictMath.sin(part);
        return px * wy + py * (1 - wx) <= wy;
    }
}
