package hlstm.trainer.run;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeMap;

/** SHA-256 over named arrays and strings, whatever the order in which they are added. */
public final class StateDigest {
    private static final int CHUNK = 1 << 14;

    private final TreeMap<String, byte[]> digests = new TreeMap<>();
    private final ByteBuffer buffer =
            ByteBuffer.allocate(CHUNK * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);

    /** A digest of nothing yet. */
    public StateDigest() {}

    void floats(String name, float[] values) {
        MessageDigest digest = sha256();
        for (int from = 0; from < values.length; from += CHUNK) {
            int count = Math.min(CHUNK, values.length - from);
            buffer.asFloatBuffer().put(values, from, count);
            digest.update(buffer.array(), 0, count * Float.BYTES);
        }
        digests.put("tensor " + name, digest.digest());
    }

    /** Adds an array. */
    public void ints(String name, int[] values) {
        MessageDigest digest = sha256();
        for (int from = 0; from < values.length; from += CHUNK) {
            int count = Math.min(CHUNK, values.length - from);
            buffer.asIntBuffer().put(values, from, count);
            digest.update(buffer.array(), 0, count * Integer.BYTES);
        }
        digests.put("tensor " + name, digest.digest());
    }

    /** Adds a string. */
    public void text(String key, String value) {
        digests.put("text " + key, sha256().digest(value.getBytes(StandardCharsets.UTF_8)));
    }

    /** The digest of everything added so far. */
    public String hex() {
        MessageDigest all = sha256();
        digests.forEach(
                (name, digest) -> {
                    all.update(sha256().digest(name.getBytes(StandardCharsets.UTF_8)));
                    all.update(digest);
                });
        return HexFormat.of().formatHex(all.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
