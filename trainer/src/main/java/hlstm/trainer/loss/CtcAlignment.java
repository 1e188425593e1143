package hlstm.trainer.loss;

import hlstm.trainer.layers.SequenceBlock;
import java.util.Arrays;

/**
 * CTC of one utterance (Graves et al. 2006): the sum over all alignments of its labels, by the
 * forward-backward recursion over the labels with blanks in between. In logarithms and double
 * precision, so neither long utterances nor sure networks underflow.
 */
final class CtcAlignment {
    /** Below this distance a term is lost in the rounding of the sum. */
    private static final double NEGLIGIBLE = -40;

    private final int blank;
    private int symbols;
    private int steps;
    private int states;
    private int[] labels;

    /** Logarithms of the softmax, step after step. */
    private double[] logSoftmax = new double[0];

    /** Log of the probability of reaching a state at a step, its emission included. */
    private double[] alpha = new double[0];

    /** Log of the probability of finishing from a state, its emission excluded. */
    private double[] beta = new double[0];

    private double[] nextBeta = new double[0];
    private double[] gradient = new double[0];

    CtcAlignment(int blank) {
        this.blank = blank;
    }

    /** Steps that an alignment needs at least: a blank must separate equal neighbours. */
    static int leastSteps(int[] labels) {
        int steps = labels.length;
        for (int k = 1; k < labels.length; k++) {
            if (labels[k] == labels[k - 1]) {
                steps++;
            }
        }
        return steps;
    }

    /** The negative log likelihood of the labels; they fit the steps of the lane. */
    double loss(SequenceBlock logits, int lane, int[] labels) {
        this.labels = labels;
        symbols = logits.features();
        steps = logits.length(lane);
        states = 2 * labels.length + 1;
        logSoftmax(logits, lane);
        if (steps == 0) {
            return 0;
        }
        forward();
        int last = (steps - 1) * states + states - 1;
        return -add(alpha[last], labels.length == 0 ? Double.NEGATIVE_INFINITY : alpha[last - 1]);
    }

    private void logSoftmax(SequenceBlock logits, int lane) {
        logSoftmax = atLeast(logSoftmax, steps * symbols);
        for (int step = 0; step < steps; step++) {
            int from = logits.stepOffset(step) + lane;
            int into = step * symbols;
            double max = Double.NEGATIVE_INFINITY;
            for (int symbol = 0; symbol < symbols; symbol++) {
                double logit = logits.data()[from + symbol * logits.lanes()];
                logSoftmax[into + symbol] = logit;
                max = Math.max(max, logit);
            }
            double sum = 0;
            for (int symbol = 0; symbol < symbols; symbol++) {
                sum += Math.exp(logSoftmax[into + symbol] - max);
            }
            double normaliser = max + Math.log(sum);
            for (int symbol = 0; symbol < symbols; symbol++) {
                logSoftmax[into + symbol] -= normaliser;
            }
        }
    }

    private static double[] atLeast(double[] array, int size) {
        return array.length >= size ? array : new double[size];
    }

    private int symbol(int state) {
        return (state & 1) == 0 ? blank : labels[state >> 1];
    }

    /** Whether a path may go from state - 2 to a state, leaving out the blank between. */
    private boolean mayLeap(int state) {
        return (state & 1) == 1 && state > 1 && labels[state >> 1] != labels[(state >> 1) - 1];
    }

    /** States beyond reach of the start at a step, or of the end, need no sums. */
    private int firstState(int step) {
        return Math.max(0, states - 2 * (steps - step));
    }

    private int endState(int step) {
        return Math.min(states, 2 * step + 2);
    }

    private void forward() {
        alpha = atLeast(alpha, Math.multiplyExact(steps, states));
        Arrays.fill(alpha, 0, steps * states, Double.NEGATIVE_INFINITY);
        for (int state = firstState(0); state < endState(0); state++) {
            alpha[state] = logSoftmax[symbol(state)];
        }
        for (int step = 1; step < steps; step++) {
            int now = step * states;
            int before = now - states;
            for (int state = firstState(step); state < endState(step); state++) {
                double reach = alpha[before + state];
                if (state > 0) {
                    reach = add(reach, alpha[before + state - 1]);
                }
                if (mayLeap(state)) {
                    reach = add(reach, alpha[before + state - 2]);
                }
                alpha[now + state] = reach + logSoftmax[step * symbols + symbol(state)];
            }
        }
    }

    /** The log of {@code exp(a) + exp(b)}. */
    private static double add(double a, double b) {
        double high = Math.max(a, b);
        double distance = Math.min(a, b) - high;
        // False for two negative infinities too, whose distance is no number.
        return distance > NEGLIGIBLE ? high + Math.log1p(Math.exp(distance)) : high;
    }

    /**
     * The gradient of the last {@link #loss} with respect to the logits: softmax minus the share of
     * the alignments that emit a symbol at a step; element (step, symbol) at {@code step * symbols
     * + symbol}. Valid until the next loss.
     */
    double[] gradient(double loss) {
        gradient = atLeast(gradient, steps * symbols);
        beta = atLeast(beta, states);
        nextBeta = atLeast(nextBeta, states);
        for (int step = steps - 1; step >= 0; step--) {
            backward(step);
            int row = step * symbols;
            for (int symbol = 0; symbol < symbols; symbol++) {
                gradient[row + symbol] = Math.exp(logSoftmax[row + symbol]);
            }
            for (int state = firstState(step); state < endState(step); state++) {
                gradient[row + symbol(state)] -=
                        Math.exp(alpha[step * states + state] + beta[state] + loss);
            }
        }
        return gradient;
    }

    private void backward(int step) {
        double[] swap = nextBeta;
        nextBeta = beta;
        beta = swap;
        Arrays.fill(beta, 0, states, Double.NEGATIVE_INFINITY);
        if (step == steps - 1) {
            for (int state = Math.max(0, states - 2); state < states; state++) {
                beta[state] = 0;
            }
            return;
        }
        int row = (step + 1) * symbols;
        for (int state = firstState(step); state < endState(step); state++) {
            double finish = nextBeta[state] + logSoftmax[row + symbol(state)];
            if (state + 1 < states) {
                finish = add(finish, nextBeta[state + 1] + logSoftmax[row + symbol(state + 1)]);
            }
            if (state + 2 < states && mayLeap(state + 2)) {
                finish = add(finish, nextBeta[state + 2] + logSoftmax[row + symbol(state + 2)]);
            }
            beta[state] = finish;
        }
    }
}
