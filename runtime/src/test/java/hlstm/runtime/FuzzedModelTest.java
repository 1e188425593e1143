package hlstm.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hlstm.runtime.safetensors.SafetensorsException;
import hlstm.runtime.safetensors.SafetensorsReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damage at random: a model loads, or is refused with the documented exception. Where the digest is
 * made to fit the damage, the checks behind it are on their own.
 */
final class FuzzedModelTest {
    private static final Pattern NUMBER = Pattern.compile("(?<![\\w.])\\d+(?![\\w.])");
    private static final Pattern DIGEST = Pattern.compile("\"hlstm.sha256\":\"([^\"\\\\]{64})\"");
    private static final List<String> NUMBERS =
            List.of(
                    "-1",
                    "0",
                    "1",
                    "2",
                    "7",
                    "8",
                    "255",
                    "65535",
                    "65536",
                    "1048576",
                    "2147483647",
                    "2147483648",
                    "4294967295",
                    "9223372036854775807",
                    "18446744073709551616",
                    "1e308",
                    "1.5",
                    "null",
                    "\"1\"",
                    "[]",
                    "{}");

    /** Rounds are multiplied by this, for a longer search by hand. */
    private static final int EFFORT = Integer.getInteger("hlstm.test.fuzz", 1);

    @TempDir private Path folder;
    private Path file;
    private byte[] good;
    private int data;
    private int loaded;
    private int refused;

    @BeforeEach
    void writeGoodModel() throws Exception {
        file = folder.resolve("model.safetensors");
        ModelSpec spec =
                RandomModels.stack(
                        new RecurrentSpec(new CellSpec(9, 8, List.of(6), false, 0.01f), true),
                        new LinearSpec(8, 3));
        RandomModels.mixed(spec, 1).builder().provenance("seed", "1").write(file);
        good = Files.readAllBytes(file);
        data = 8 + (int) ByteBuffer.wrap(good).order(ByteOrder.LITTLE_ENDIAN).getLong();
    }

    /** What is left is a blank of the padding that has become another blank. */
    @Test
    void flippedBitsAreRefused() throws Exception {
        SplittableRandom random = new SplittableRandom(10);
        int blanks = 0;
        while (good[data - 1 - blanks] == ' ') {
            blanks++;
        }
        for (int round = 0; round < 1000 * EFFORT; round++) {
            byte[] bad = good.clone();
            int at = random.nextInt(bad.length);
            bad[at] ^= (byte) (1 << random.nextInt(8));
            int before = loaded;
            load(bad);
            assertTrue(
                    loaded == before || at >= data - blanks && at < data,
                    "a flipped bit in byte " + at + " is not found");
        }
    }

    @Test
    void truncatedFilesAreRefused() throws Exception {
        SplittableRandom random = new SplittableRandom(14);
        for (int round = 0; round < 200 * EFFORT; round++) {
            load(Arrays.copyOf(good, random.nextInt(good.length)));
        }
        assertEquals(0, loaded);
    }

    @Test
    void flippedBitsWithTheirDigest() throws Exception {
        SplittableRandom random = new SplittableRandom(11);
        for (int round = 0; round < 1000 * EFFORT; round++) {
            byte[] bad = good.clone();
            for (int k = 0; k <= random.nextInt(3); k++) {
                bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
            }
            load(withItsDigest(bad));
        }
        assertTrue(refused > 500 && loaded > 10, refused + " refused, " + loaded + " loaded");
    }

    @Test
    void flippedBitsOfTheDataWithTheirDigest() throws Exception {
        SplittableRandom random = new SplittableRandom(12);
        for (int round = 0; round < 1000 * EFFORT; round++) {
            byte[] bad = good.clone();
            int at = data + random.nextInt(bad.length - data);
            bad[at] ^= (byte) (1 << random.nextInt(8));
            load(withItsDigest(bad));
        }
        assertTrue(refused > 100 && loaded > 100, refused + " refused, " + loaded + " loaded");
    }

    @Test
    void otherNumbersInTheHeaderWithTheirDigest() throws Exception {
        String header = new String(good, 8, data - 8, StandardCharsets.UTF_8).strip();
        List<int[]> places = new ArrayList<>();
        Matcher matcher = NUMBER.matcher(header);
        while (matcher.find()) {
            places.add(new int[] {matcher.start(), matcher.end()});
        }
        SplittableRandom random = new SplittableRandom(13);
        for (int round = 0; round < 1500 * EFFORT; round++) {
            int[] place = places.get(random.nextInt(places.size()));
            String number = NUMBERS.get(random.nextInt(NUMBERS.size()));
            String changed = header.substring(0, place[0]) + number + header.substring(place[1]);
            byte[] json = changed.getBytes(StandardCharsets.UTF_8);
            int padded = Math.ceilDiv(json.length, 8) * 8;
            ByteBuffer bad =
                    ByteBuffer.allocate(good.length - data + 8 + padded)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .putLong(padded)
                            .put(json);
            while (bad.position() < 8 + padded) {
                bad.put((byte) ' ');
            }
            load(withItsDigest(bad.put(good, data, good.length - data).array()));
        }
        assertTrue(refused > 1000, refused + " refused, " + loaded + " loaded");
    }

    /** The bytes with the digest of what they hold; as they are where they hold no digest. */
    private byte[] withItsDigest(byte[] bytes) throws Exception {
        Files.write(file, bytes);
        String digest;
        try (SafetensorsReader reader = SafetensorsReader.open(file)) {
            digest = ModelFile.digest(reader.contents());
        } catch (SafetensorsException e) {
            return bytes;
        }
        Matcher place = DIGEST.matcher(new String(bytes, StandardCharsets.ISO_8859_1));
        if (!place.find()) {
            return bytes;
        }
        byte[] fitting = bytes.clone();
        byte[] digits = digest.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(digits, 0, fitting, place.start(1), digits.length);
        return fitting;
    }

    private void load(byte[] bytes) throws Exception {
        Files.write(file, bytes);
        try {
            Model model = Model.load(file);
            model.newSession().run(new float[4 * 9], 4, new float[4 * 3]);
            loaded++;
        } catch (ModelFormatException e) {
            refused++;
        }
    }
}
