package hlstm.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hlstm.sparse.KernelProviders;
import hlstm.sparse.Kernels;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The deterministic mode gives these bits on every processor, at every width of vectors, with and
 * without the Vector API: the build runs this test with each of them.
 */
final class DeterministicBitsTest {
    /** A change that alters it changes the results of everybody who relies on the mode. */
    static final String DIGEST = "778a509f6b9d12b8";

    @TempDir private Path folder;

    @Test
    void theKernelsOfTheModeGiveTheBitsOfEveryOtherMachine() throws Exception {
        Kernels kernels =
                Boolean.getBoolean("hlstm.deterministic")
                        ? KernelProviders.get()
                        : KernelProviders.of("scalar");
        FixedProblems problems = new FixedProblems(kernels, folder);
        assertEquals(DIGEST, FixedProblems.digest(problems.compute()));
    }

    @Test
    void theChosenKernelsAgreeWithThoseOfTheMode() throws Exception {
        FixedProblems problems = new FixedProblems(KernelProviders.get(), folder);
        float[] chosen = problems.compute();
        float[] scalar = new FixedProblems(KernelProviders.of("scalar"), folder).compute();
        assertEquals(0, problems.activationDifference(scalar, chosen));
        double products = problems.productDifference(scalar, chosen);
        assertTrue(products <= FixedProblems.PRODUCT_BOUND, "products differ by " + products);
        double network = problems.networkDifference(scalar, chosen);
        assertTrue(network <= FixedProblems.NETWORK_BOUND, "outputs differ by " + network);
    }
}
