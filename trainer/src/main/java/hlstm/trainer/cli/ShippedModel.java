package hlstm.trainer.cli;

import hlstm.runtime.Model;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The models that come with the program, kept in {@code trainer/models}. */
public final class ShippedModel {
    /** A small English recogniser of spelled and spoken words, trained on AN4. */
    public static final String SPEECH = "speech-compact.safetensors";

    /** A larger one that makes fewer errors. */
    static final String ACCURATE_SPEECH = "speech-accurate.safetensors";

    /** One that listens while it is being spoken. */
    static final String STREAMING_SPEECH = "speech-streaming.safetensors";

    private static final String FOLDER = "/hlstm/models/";

    private ShippedModel() {}

    /**
     * Loads one, with all checks that {@link Model#load} makes. It is read from a file, which it is
     * not within a jar, so a copy is made for as long as loading takes.
     *
     * @throws FileNotFoundException if the program was built without it
     * @throws IOException if the folder for temporary files takes no copy
     */
    public static Model load(String name) throws IOException {
        Path copy = Files.createTempFile("hlstm-", "-" + name);
        try (InputStream in = ShippedModel.class.getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                throw new FileNotFoundException(
                        "this program was built without the model %s; name a model file"
                                .formatted(name));
            }
            Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
            return Model.load(copy);
        } finally {
            Files.deleteIfExists(copy);
        }
    }
}
