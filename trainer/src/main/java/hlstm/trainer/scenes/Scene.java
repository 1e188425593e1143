package hlstm.trainer.scenes;

import java.util.SplittableRandom;

/**
 * What is in a picture: some equal things, and perhaps others of another colour beside them.
 *
 * @param second null for none
 * @param relation where the first are, seen from the second; null without second ones
 */
record Scene(Things first, Things second, Relation relation) {
    /** One scene in this many has things of one kind only. */
    private static final int ALONE = 4;

    /** A scene by chance. */
    static Scene random(SplittableRandom random) {
        Things first = things(random, null);
        if (random.nextInt(ALONE) == 0) {
            return new Scene(first, null, null);
        }
        Things second = things(random, first.paint());
        Relation relation = Relation.values()[random.nextInt(Relation.values().length)];
        return new Scene(first, second, relation);
    }

    private static Things things(SplittableRandom random, Paint taken) {
        int count = random.nextInt(1, Things.MOST + 1);
        boolean large = random.nextBoolean();
        Paint paint;
        do {
            paint = Paint.values()[random.nextInt(Paint.values().length)];
        } while (paint == taken);
        Shape shape = Shape.values()[random.nextInt(Shape.values().length)];
        return new Things(count, large, paint, shape);
    }

    /**
     * A number that equal scenes have in common, the same on every machine: also those in which
     * first and second have changed places.
     */
    int number() {
        if (second == null) {
            return number(first);
        }
        Scene turned =
                relation.firstComesFirst() ? this : new Scene(second, first, relation.opposite());
        return (number(turned.first) * 1009 + number(turned.second)) * 31
                + turned.relation.ordinal()
                + 1;
    }

    private static int number(Things things) {
        int number = things.count();
        number = number * 2 + (things.large() ? 1 : 0);
        number = number * Paint.values().length + things.paint().ordinal();
        return number * Shape.values().length + things.shape().ordinal();
    }
}
