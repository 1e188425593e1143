package hlstm.trainer.scenes;

/** A colour of a shape. */
enum Paint {
    RED("red", 0xd62f2f),
    BLUE("blue", 0x2f5fd6),
    GREEN("green", 0x2e9e43),
    YELLOW("yellow", 0xecc81f);

    private final String word;
    private final int rgb;

    Paint(String word, int rgb) {
        this.word = word;
        this.rgb = rgb;
    }

    /** The word for it. */
    String word() {
        return word;
    }

    /** Red, green or blue (0, 1, 2), in [0, 255]. */
    int channel(int channel) {
        return rgb >> (16 - 8 * channel) & 0xff;
    }
}
