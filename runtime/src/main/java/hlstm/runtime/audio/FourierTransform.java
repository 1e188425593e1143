package hlstm.runtime.audio;

import java.util.Arrays;

/**
 * The discrete Fourier transform of one length, complex, unscaled: {@code X[k] = sum x[n] exp(-2 pi
 * i k n / length)}. A self-sorting mixed-radix transform (Stockham; see Temperton, "Self-sorting
 * mixed-radix fast Fourier transforms", J. Comput. Phys. 52, 1983): any length works, and those
 * whose prime factors are small are fast.
 *
 * <p>Immutable; callers bring the arrays.
 */
final class FourierTransform {
    private final int length;
    private final int[] factors;
    private final double[] cosines;
    private final double[] sines;

    FourierTransform(int length) {
        this.length = length;
        this.factors = factors(length);
        this.cosines = new double[length];
        this.sines = new double[length];
        for (int k = 0; k < length; k++) {
            double angle = 2 * Math.PI * k / length;
            cosines[k] = Math.cos(angle);
            sines[k] = -Math.sin(angle);
        }
    }

    /** Arrays to transform in. */
    Work newWork() {
        return new Work(length);
    }

    /** The values to transform, in place, and scratch of the same size. */
    static final class Work {
        double[] real;
        double[] imaginary;
        private double[] otherReal;
        private double[] otherImaginary;

        private Work(int length) {
            real = new double[length];
            imaginary = new double[length];
            otherReal = new double[length];
            otherImaginary = new double[length];
        }

        private void swap() {
            double[] keptReal = real;
            double[] keptImaginary = imaginary;
            real = otherReal;
            imaginary = otherImaginary;
            otherReal = keptReal;
            otherImaginary = keptImaginary;
        }
    }

    /** Transforms the values of {@code work}; its arrays change places on the way. */
    void transform(Work work) {
        int stride = 1;
        for (int factor : factors) {
            switch (factor) {
                case 2 -> pass2(work, stride);
                case 4 -> pass4(work, stride);
                case 5 -> pass5(work, stride);
                default -> pass(work, factor, stride);
            }
            work.swap();
            stride *= factor;
        }
    }

    // Each pass: for q < groups and r < stride, the points at stride * (q + groups * j) + r are
    // transformed among themselves, turned by the angle q * j / (length / stride), and stored at
    // stride * (factor * q + j) + r.

    private void pass2(Work work, int stride) {
        double[] a = work.real;
        double[] b = work.imaginary;
        double[] c = work.otherReal;
        double[] d = work.otherImaginary;
        int groups = length / (stride * 2);
        int half = groups * stride;
        for (int q = 0; q < groups; q++) {
            double w = cosines[q * stride];
            double v = sines[q * stride];
            int from = stride * q;
            int to = 2 * from;
            for (int r = 0; r < stride; r++) {
                double x = a[from + r] - a[from + half + r];
                double y = b[from + r] - b[from + half + r];
                c[to + r] = a[from + r] + a[from + half + r];
                d[to + r] = b[from + r] + b[from + half + r];
                c[to + stride + r] = x * w - y * v;
                d[to + stride + r] = x * v + y * w;
            }
        }
    }

    private void pass4(Work work, int stride) {
        double[] a = work.real;
        double[] b = work.imaginary;
        double[] c = work.otherReal;
        double[] d = work.otherImaginary;
        int groups = length / (stride * 4);
        int quarter = groups * stride;
        for (int q = 0; q < groups; q++) {
            int turn = q * stride;
            double w1 = cosines[turn];
            double v1 = sines[turn];
            double w2 = cosines[2 * turn];
            double v2 = sines[2 * turn];
            double w3 = cosines[3 * turn];
            double v3 = sines[3 * turn];
            int from = stride * q;
            int to = 4 * from;
            for (int r = 0; r < stride; r++) {
                int i = from + r;
                double sumEven = a[i] + a[i + 2 * quarter];
                double sumEvenI = b[i] + b[i + 2 * quarter];
                double differenceEven = a[i] - a[i + 2 * quarter];
                double differenceEvenI = b[i] - b[i + 2 * quarter];
                double sumOdd = a[i + quarter] + a[i + 3 * quarter];
                double sumOddI = b[i + quarter] + b[i + 3 * quarter];
                double differenceOdd = a[i + quarter] - a[i + 3 * quarter];
                double differenceOddI = b[i + quarter] - b[i + 3 * quarter];
                int o = to + r;
                c[o] = sumEven + sumOdd;
                d[o] = sumEvenI + sumOddI;
                double x = differenceEven + differenceOddI;
                double y = differenceEvenI - differenceOdd;
                c[o + stride] = x * w1 - y * v1;
                d[o + stride] = x * v1 + y * w1;
                x = sumEven - sumOdd;
                y = sumEvenI - sumOddI;
                c[o + 2 * stride] = x * w2 - y * v2;
                d[o + 2 * stride] = x * v2 + y * w2;
                x = differenceEven - differenceOddI;
                y = differenceEvenI + differenceOdd;
                c[o + 3 * stride] = x * w3 - y * v3;
                d[o + 3 * stride] = x * v3 + y * w3;
            }
        }
    }

    private void pass5(Work work, int stride) {
        double[] a = work.real;
        double[] b = work.imaginary;
        double[] c = work.otherReal;
        double[] d = work.otherImaginary;
        int groups = length / (stride * 5);
        int fifth = groups * stride;
        double c1 = cosines[length / 5];
        double s1 = -sines[length / 5];
        double c2 = cosines[2 * length / 5];
        double s2 = -sines[2 * length / 5];
        for (int q = 0; q < groups; q++) {
            int turn = q * stride;
            int from = stride * q;
            int to = 5 * from;
            for (int r = 0; r < stride; r++) {
                int i = from + r;
                double sum1 = a[i + fifth] + a[i + 4 * fifth];
                double sum1I = b[i + fifth] + b[i + 4 * fifth];
                double difference1 = a[i + fifth] - a[i + 4 * fifth];
                double difference1I = b[i + fifth] - b[i + 4 * fifth];
                double sum2 = a[i + 2 * fifth] + a[i + 3 * fifth];
                double sum2I = b[i + 2 * fifth] + b[i + 3 * fifth];
                double difference2 = a[i + 2 * fifth] - a[i + 3 * fifth];
                double difference2I = b[i + 2 * fifth] - b[i + 3 * fifth];
                double even1 = a[i] + c1 * sum1 + c2 * sum2;
                double even1I = b[i] + c1 * sum1I + c2 * sum2I;
                double even2 = a[i] + c2 * sum1 + c1 * sum2;
                double even2I = b[i] + c2 * sum1I + c1 * sum2I;
                double odd1 = s1 * difference1 + s2 * difference2;
                double odd1I = s1 * difference1I + s2 * difference2I;
                double odd2 = s2 * difference1 - s1 * difference2;
                double odd2I = s2 * difference1I - s1 * difference2I;
                int o = to + r;
                c[o] = a[i] + sum1 + sum2;
                d[o] = b[i] + sum1I + sum2I;
                turned(c, d, o + stride, even1 + odd1I, even1I - odd1, turn);
                turned(c, d, o + 2 * stride, even2 + odd2I, even2I - odd2, 2 * turn);
                turned(c, d, o + 3 * stride, even2 - odd2I, even2I + odd2, 3 * turn);
                turned(c, d, o + 4 * stride, even1 - odd1I, even1I + odd1, 4 * turn);
            }
        }
    }

    private void turned(double[] c, double[] d, int at, double x, double y, int turn) {
        c[at] = x * cosines[turn] - y * sines[turn];
        d[at] = x * sines[turn] + y * cosines[turn];
    }

    private void pass(Work work, int factor, int stride) {
        double[] a = work.real;
        double[] b = work.imaginary;
        int groups = length / (stride * factor);
        int part = groups * stride;
        int unit = length / factor;
        for (int q = 0; q < groups; q++) {
            for (int j = 0; j < factor; j++) {
                for (int r = 0; r < stride; r++) {
                    double x = 0;
                    double y = 0;
                    for (int m = 0; m < factor; m++) {
                        int turn = j * m % factor * unit;
                        int i = stride * q + part * m + r;
                        x += a[i] * cosines[turn] - b[i] * sines[turn];
                        y += a[i] * sines[turn] + b[i] * cosines[turn];
                    }
                    int to = stride * (factor * q + j) + r;
                    turned(work.otherReal, work.otherImaginary, to, x, y, q * j * stride);
                }
            }
        }
    }

    /** Fours, then the other prime factors in ascending order. */
    private static int[] factors(int length) {
        int[] found = new int[Integer.SIZE];
        int count = 0;
        int rest = length;
        while (rest % 4 == 0) {
            found[count++] = 4;
            rest /= 4;
        }
        for (int factor = 2; rest > 1; factor++) {
            while (rest % factor == 0) {
                found[count++] = factor;
                rest /= factor;
            }
        }
        return Arrays.copyOf(found, count);
    }
}
