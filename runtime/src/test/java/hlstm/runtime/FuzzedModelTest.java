package hlstm.runtime;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damage at random: a model loads, or is refused with the documented exception. */
final class FuzzedModelTest {
    private static final Pattern NUMBER = Pattern.compile("(?<![\\w.])\\d+(?![\\w.])");
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

    @TempDir private Path folder;
    private Path file;
    private byte[] good;
    private int loaded;
    private int refused;

    @BeforeEach
    void writeGoodModel() throws Exception {
        file = folder.resolve("model.safetensors");
        ModelSpec spec =
                RandomModels.stack(
                        new RecurrentSpec(new CellSpec(9, 8, List.of(6), false, 0.01f), true),
                        new LinearSpec(8, 3));
        RandomModels.mixed(spec, 1).builder().write(file);
        good = Files.readAllBytes(file);
    }

    @Test
    void flippedBits() throws Exception {
        SplittableRandom random = new SplittableRandom(11);
        for (int round = 0; round < 1000; round++) {
            byte[] bad = good.clone();
            for (int k = 0; k <= random.nextInt(3); k++) {
                bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
            }
            load(bad);
        }
        assertTrue(refused > 500 && loaded > 10, refused + " refused, " + loaded + " loaded");
    }

    @Test
    void flippedBitsOfTheData() throws Exception {
        int data = 8 + (int) ByteBuffer.wrap(good).order(ByteOrder.LITTLE_ENDIAN).getLong();
        SplittableRandom random = new SplittableRandom(12);
        for (int round = 0; round < 1000; round++) {
            byte[] bad = good.clone();
            int at = data + random.nextInt(bad.length - data);
            bad[at] ^= (byte) (1 << random.nextInt(8));
            load(bad);
        }
        assertTrue(refused > 100 && loaded > 100, refused + " refused, " + loaded + " loaded");
    }

    @Test
    void otherNumbersInTheHeader() throws Exception {
        int length = (int) ByteBuffer.wrap(good).order(ByteOrder.LITTLE_ENDIAN).getLong();
        String header = new String(good, 8, length, StandardCharsets.UTF_8).strip();
        List<int[]> places = new ArrayList<>();
        Matcher matcher = NUMBER.matcher(header);
        while (matcher.find()) {
            places.add(new int[] {matcher.start(), matcher.end()});
        }
        SplittableRandom random = new SplittableRandom(13);
        for (int round = 0; round < 1500; round++) {
            int[] place = places.get(random.nextInt(places.size()));
            String number = NUMBERS.get(random.nextInt(NUMBERS.size()));
            String changed = header.substring(0, place[0]) + number + header.substring(place[1]);
            byte[] json = changed.getBytes(StandardCharsets.UTF_8);
            int padded = Math.ceilDiv(json.length, 8) * 8;
            ByteBuffer bad =
                    ByteBuffer.allocate(good.length - length + padded)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .putLong(padded)
                            .put(json);
            while (bad.position() < 8 + padded) {
                bad.put((byte) ' ');
            }
            load(bad.put(good, 8 + length, good.length - 8 - length).array());
        }
        assertTrue(refused > 1000, refused + " refused, " + loaded + " loaded");
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
