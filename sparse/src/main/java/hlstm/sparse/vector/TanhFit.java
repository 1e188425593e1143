package hlstm.sparse.vector;

/**
 * The rational function behind all activations: {@code tanh(x) = x P(x^2) / Q(x^2)} for |x| up to
 * {@link #LIMIT}, where the quotient has rounded to 1 and stays.
 *
 * <p>The coefficients are our own minimax fit of a degree 4 over a degree 4 polynomial in x^2
 * (iteratively reweighted least squares in double precision); the fit is within 2e-8, rounding
 * makes the rest. Sums and products are evaluated in one fixed order and without fused
 * multiply-add, so that scalar code and registers of any width give the same bits.
 */
public final class TanhFit {
    /** Inputs beyond this are taken for it. */
    public static final float LIMIT = 8.7f;

    /** Coefficient of x. */
    public static final float P0 = 0.99999994f;

    /** Coefficient of x^3. */
    public static final float P1 = 0.13393119f;

    /** Coefficient of x^5. */
    public static final float P2 = 0.0035102232f;

    /** Coefficient of x^7. */
    public static final float P3 = 2.0861255e-05f;

    /** Coefficient of x^9. */
    public static final float P4 = 1.3727425e-08f;

    /** Coefficient of x^2 in the denominator, which begins with 1. */
    public static final float Q1 = 0.46726426f;

    /** Coefficient of x^4 in the denominator. */
    public static final float Q2 = 0.025931956f;

    /** Coefficient of x^6 in the denominator. */
    public static final float Q3 = 0.00033100488f;

    /** Coefficient of x^8 in the denominator. */
    public static final float Q4 = 7.924053e-07f;

    private TanhFit() {}
}
