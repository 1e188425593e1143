package hlstm.runtime;

/** A {@link LookupTable} at work; it has no state. */
final class LookupLayerSession implements LayerSession {
    private final LookupTable table;

    LookupLayerSession(LookupTable table) {
        this.table = table;
    }

    @Override
    public boolean step(float[] in, int inOffset, float[] out, int outOffset) {
        table.compute(in, inOffset, 0, table.inputs(), out, outOffset);
        return true;
    }

    @Override
    public void run(float[] in, int inOffset, int steps, float[] out, int outOffset) {
        for (int step = 0; step < steps; step++) {
            step(in, inOffset + step * table.inputs(), out, outOffset + step * table.width());
        }
    }

    @Override
    public void reset() {}

    @Override
    public int stateLength() {
        return 0;
    }

    @Override
    public void save(float[] to, int offset) {}

    @Override
    public void restore(float[] from, int offset) {}
}
