package hlstm.trainer.html;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import javax.imageio.ImageIO;

/** Pictures as URIs that hold the picture itself. */
final class DataUri {
    private DataUri() {}

    static String png(BufferedImage image) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return of("image/png", bytes.toByteArray());
    }

    static String svg(String document) {
        return of("image/svg+xml", document.getBytes(StandardCharsets.UTF_8));
    }

    private static String of(String type, byte[] content) {
        return "data:" + type + ";base64," + Base64.getEncoder().encodeToString(content);
    }
}
