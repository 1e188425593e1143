package hlstm.trainer.scenes;

/** Where the first things of a scene are, seen from the second. */
enum Relation {
    LEFT("to the left of", "left of"),
    RIGHT("to the right of", "right of"),
    ABOVE("above", "over"),
    BELOW("below", "under");

    private final String words;
    private final String otherWords;

    Relation(String words, String otherWords) {
        this.words = words;
        this.otherWords = otherWords;
    }

    /** The words for it. */
    String words() {
        return words;
    }

    /** Other words for it. */
    String otherWords() {
        return otherWords;
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
