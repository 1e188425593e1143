package hlstm.sparse;

/**
 * Which kernels were chosen at start, and why; made for logs and health pages.
 *
 * @param provider {@code scalar} or {@code vector}
 * @param vectorBits width of a SIMD register in bits; 0 for scalar kernels
 * @param reason why this provider was chosen, in one sentence
 */
public record ProviderReport(String provider, int vectorBits, String reason) {}
