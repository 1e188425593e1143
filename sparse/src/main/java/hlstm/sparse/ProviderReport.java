package hlstm.sparse;

/**
 * Which kernels were chosen at start, and why; made for logs and health pages.
 *
 * @param provider {@code scalar} or {@code vector}
 * @param vectorBits width in bits of the SIMD registers that the kernels use; 0 for scalar kernels
 * @param fma whether products use fused multiply-add, which rounds once instead of twice
 * @param reason why this provider was chosen, in one sentence; where vectors were wanted and could
 *     not be had, also what to do about it
 * @param plain how single connections are multiplied; may change once, when a model with many of
 *     them is made
 */
public record ProviderReport(
        String provider, int vectorBits, boolean fma, String reason, PlainReport plain) {
    /** The same, but for how single connections are multiplied. */
    ProviderReport with(PlainReport plain) {
        return new ProviderReport(provider, vectorBits, fma, reason, plain);
    }

    @Override
    public String toString() {
        return vectorBits == 0
                ? "%s kernels: %s".formatted(provider, reason)
                : "%s kernels, %d bits%s: %s"
                        .formatted(provider, vectorBits, fma ? " with FMA" : "", reason);
    }
}
