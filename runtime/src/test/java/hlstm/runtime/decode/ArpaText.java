package hlstm.runtime.decode;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Small language models as text. */
final class ArpaText {
    /** A trigram model. {@code B A} is stored, {@code B B} is not; {@code A A B} has a context. */
    static final String TRIGRAMS =
            """
            made by hand

            \\data\\
            ngram 1=5
            ngram 2=4
            ngram 3=2

            \\1-grams:
            -1.5\t<unk>
            -99\t<s>\t-0.4
            -0.6\t</s>
            -0.5\tA\t-0.3
            -0.7\tB\t-0.2

            \\2-grams:
            -0.25\t<s> A\t-0.15
            -0.35\tA A\t-0.1
            -0.45\tB A
            -0.55\tA </s>

            \\3-grams:
            -0.05\t<s> A A
            -0.08\tA A B

            \\end\\
            """;

    private ArpaText() {}

    static NgramModel model(String text) {
        try {
            return read(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static NgramModel read(byte[] file) throws IOException {
        return NgramModel.read(new ByteArrayInputStream(file), "test.arpa");
    }
}
