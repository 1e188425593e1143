package hlstm.trainer.scenes;

/** Where the first things of a scene are, seen from the second. */
enum Relation {
    LEFT("left of", "on the left"),
    RIGHT("right of", "on the right"),
    ABOVE("above", "on top"),
    BELOW("below", "at the bottom");

    private final String words;
    private final String place;

    Relation(String words, String place) {
        this.words = words;
        this.place = place;
    }

    /** The words for it. */
    String words() {
        return words;
    }

    /** Where the first things are, seen from nowhere. */
    String place() {
        return place;
    }

    /** Where the second things are, seen from the first. */
    Relation opposite() {
        return switch (this) {
            case LEFT -> RIGHT;
            case RIGHT -> LEFT;
            case ABOVE -> BELOW;
            case BELOW -> ABOVE;
        };
    }

    /** Whether things are side by side, and not one above the other. */
    boolean sideways() {
        return this == LEFT || this == RIGHT;
    }

    /** Whether the first things come first, seen from the left or the top. */
    boolean firstComesFirst() {
        return this == LEFT || this == ABOVE;
    }
}
