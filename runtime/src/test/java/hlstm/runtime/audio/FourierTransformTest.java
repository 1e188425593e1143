package hlstm.runtime.audio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FourierTransformTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 12, 25, 49, 60, 97, 110, 128, 160, 320, 441, 512})
    void equalsTheDefinition(int length) {
        FourierTransform transform = new FourierTransform(length);
        FourierTransform.Work work = transform.newWork();
        SplittableRandom random = new SplittableRandom(length);
        double[] a = random.doubles(length, -1, 1).toArray();
        double[] b = random.doubles(length, -1, 1).toArray();
        System.arraycopy(a, 0, work.real, 0, length);
        System.arraycopy(b, 0, work.imaginary, 0, length);

        transform.transform(work);

        for (int k = 0; k < length; k++) {
            double x = 0;
            double y = 0;
            for (int n = 0; n < length; n++) {
                double angle = -2 * Math.PI * ((long) k * n % length) / length;
                x += a[n] * Math.cos(angle) - b[n] * Math.sin(angle);
                y += a[n] * Math.sin(angle) + b[n] * Math.cos(angle);
            }
            assertEquals(x, work.real[k], 1e-14 * length);
            assertEquals(y, work.imaginary[k], 1e-14 * length);
        }
    }
}
