package hlstm.runtime;

import hlstm.sparse.Kernels;

/** A recurrent layer in one direction at work on one sequence. */
final class RecurrentLayerSession implements LayerSession {
    private final CellSession cell;
    private final int inputWidth;
    private final int width;

    /** At the beginning of a sequence. */
    RecurrentLayerSession(Kernels kernels, PackedCell cell, PartRunner runner) {
        this.cell = new CellSession(kernels, cell.split(runner), runner);
        inputWidth = cell.spec().inputWidth();
        width = cell.spec().width();
    }

    @Override
    public boolean step(float[] in, int inOffset, float[] out, int outOffset) {
        cell.step(in, inOffset);
        System.arraycopy(cell.state().h, 0, out, outOffset, width);
        return true;
    }

    @Override
    public long idleWeights() {
        return cell.idleWeights();
    }

    @Override
    public void run(float[] in, int inOffset, int steps, float[] out, int outOffset) {
        float[] h = cell.state().h;
        for (int first = 0; first < steps; first += CellSession.MOST_AHEAD) {
            int ahead = Math.min(CellSession.MOST_AHEAD, steps - first);
            cell.readAhead(in, inOffset + first * inputWidth, ahead);
            for (int t = 0; t < ahead; t++) {
                cell.stepAhead(t);
                System.arraycopy(h, 0, out, outOffset + (first + t) * width, width);
            }
        }
    }

    @Override
    public void reset() {
        cell.state().reset();
    }

    @Override
    public int stateLength() {
        return cell.state().length();
    }

    @Override
    public void save(float[] to, int offset) {
        cell.state().save(to, offset);
    }

    @Override
    public void restore(float[] from, int offset) {
        cell.state().restore(from, offset);
    }
}
