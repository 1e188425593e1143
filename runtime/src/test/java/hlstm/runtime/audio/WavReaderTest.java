package hlstm.runtime.audio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WavReaderTest {
    private static final String GUID_TAIL = "000000001000800000aa00389b71";

    /** A file of chunks: a 'fmt ' chunk with the given fields, and data. */
    private static byte[] wav(int code, int channels, int rate, int bits, byte[] data) {
        ByteBuffer format = little(16);
        format.putShort((short) code).putShort((short) channels).putInt(rate);
        format.putInt(rate * channels * bits / 8).putShort((short) (channels * bits / 8));
        format.putShort((short) bits);
        return riff(chunk("fmt ", format.array()), chunk("data", data));
    }

    private static byte[] riff(byte[]... chunks) {
        int size = 4;
        for (byte[] chunk : chunks) {
            size += chunk.length;
        }
        ByteBuffer file = little(size + 8);
        file.put(ascii("RIFF")).putInt(size).put(ascii("WAVE"));
        for (byte[] chunk : chunks) {
            file.put(chunk);
        }
        return file.array();
    }

    private static byte[] chunk(String kind, byte[] content) {
        ByteBuffer chunk = little(8 + content.length + (content.length & 1));
        return chunk.put(ascii(kind)).putInt(content.length).put(content).array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static Waveform read(byte[] bytes) throws IOException {
        return WavReader.read(new ByteArrayInputStream(bytes), "test.wav");
    }

    private static void refused(byte[] bytes, String part) {
        WavFormatException refusal =
                assertThrows(WavFormatException.class, () -> read(bytes), part);
        assertTrue(refusal.getMessage().startsWith("test.wav: "), refusal.getMessage());
        assertTrue(refusal.getMessage().contains(part), refusal.getMessage());
    }

    private static byte[] sixteenBit() {
        byte[] data = little(6).putShort((short) 0x4000).putInt(0x8000_0001).array();
        return wav(1, 1, 16_000, 16, data);
    }

    @Test
    void readsSixteenBits() throws IOException {
        Waveform sound = read(sixteenBit());
        assertEquals(16_000, sound.sampleRate());
        assertArrayEquals(new float[] {0.5f, 1 / 32_768f, -1}, sound.samples());
    }

    @Test
    void readsEightBits() throws IOException {
        Waveform sound = read(wav(1, 1, 8_000, 8, new byte[] {0, (byte) 0x80, (byte) 0xff}));
        assertArrayEquals(new float[] {-1, 0, 127 / 128f}, sound.samples());
    }

    @Test
    void readsTwentyFourBits() throws IOException {
        byte[] data = HexFormat.of().parseHex("000040" + "0000c0" + "010000" + "ffffff");
        Waveform sound = read(wav(1, 1, 44_100, 24, data));
        assertArrayEquals(new float[] {0.5f, -0.5f, 0x1p-23f, -0x1p-23f}, sound.samples());
    }

    @Test
    void readsThirtyTwoBitIntegersAndFloats() throws IOException {
        byte[] integers = little(8).putInt(1 << 30).putInt(Integer.MIN_VALUE).array();
        assertArrayEquals(new float[] {0.5f, -1}, read(wav(1, 1, 96_000, 32, integers)).samples());
        byte[] floats = little(8).putFloat(0.125f).putFloat(-1.5f).array();
        assertArrayEquals(
                new float[] {0.125f, -1.5f}, read(wav(3, 1, 96_000, 32, floats)).samples());
    }

    @Test
    void readsFloatsOfDoublePrecision() throws IOException {
        byte[] data = little(16).putDouble(0.1).putDouble(-1.5).array();
        assertArrayEquals(new float[] {0.1f, -1.5f}, read(wav(3, 1, 8_000, 64, data)).samples());
        byte[] tooLarge = little(8).putDouble(1e300).array();
        refused(wav(3, 1, 8_000, 64, tooLarge), "found Infinity at sample 0");
    }

    /** All 256 codes, against the digest of what Python's audioop (3.11) makes of them. */
    @ParameterizedTest
    @CsvSource({
        "A-law, 6, 9d764657, 0x2a, -32256, 0xd5, 8",
        "mu-law, 7, c847a9f, 0x00, -32124, 0xfe, 8"
    })
    void readsTheCodesOfTelephony(
            String name,
            int format,
            String digest,
            String loud,
            int loudest,
            String quiet,
            int quietest)
            throws IOException {
        byte[] all = new byte[256];
        for (int k = 0; k < all.length; k++) {
            all[k] = (byte) k;
        }
        float[] samples = read(wav(format, 1, 8_000, 8, all)).samples();
        assertEquals(all.length, samples.length);
        assertEquals(loudest / 32_768f, samples[Integer.decode(loud)]);
        assertEquals(quietest / 32_768f, samples[Integer.decode(quiet)]);
        ByteBuffer table = little(2 * all.length);
        for (float sample : samples) {
            table.putShort((short) (32_768 * sample));
        }
        CRC32 crc = new CRC32();
        crc.update(table.array());
        assertEquals(digest, Long.toHexString(crc.getValue()), name);
    }

    @Test
    void averagesStereo() throws IOException {
        byte[] data = little(8).putShort((short) 0x4000).putShort((short) 0).putInt(0).array();
        assertArrayEquals(new float[] {0.25f, 0}, read(wav(1, 2, 48_000, 16, data)).samples());
    }

    @Test
    void readsExtensible() throws IOException {
        byte[] data = little(4).putFloat(0.75f).array();
        assertArrayEquals(
                new float[] {0.75f},
                read(riff(extensible(3, 32, 32, GUID_TAIL), chunk("data", data))).samples());
        refused(
                riff(extensible(3, 32, 32, GUID_TAIL.replace("aa", "ab")), chunk("data", data)),
                "sub-format");
        refused(riff(extensible(1, 16, 24, GUID_TAIL), chunk("data", data)), "valid bits");
        refused(riff(extensible(2, 8, 8, GUID_TAIL), chunk("data", data)), "ADPCM");
    }

    private static byte[] extensible(int subFormat, int bits, int validBits, String tail) {
        ByteBuffer format = little(40);
        format.putShort((short) 0xfffe).putShort((short) 1).putInt(16_000);
        format.putInt(16_000 * bits / 8).putShort((short) (bits / 8)).putShort((short) bits);
        format.putShort((short) 22).putShort((short) validBits).putInt(4);
        format.putShort((short) subFormat).put(HexFormat.of().parseHex(tail));
        return chunk("fmt ", format.array());
    }

    @Test
    void skipsOtherChunksAndWhatFollows() throws IOException {
        byte[] file = sixteenBit();
        byte[] format = Arrays.copyOfRange(file, 12, 36);
        byte[] data = chunk("data", new byte[] {0, 0x40});
        byte[] odd = chunk("LIST", new byte[] {1, 2, 3});
        Waveform sound = read(riff(odd, format, odd, data, new byte[] {9, 9, 9}));
        assertArrayEquals(new float[] {0.5f}, sound.samples());
    }

    @Test
    void readsStreamsOfUndeclaredLengthToTheirEnd() throws IOException {
        byte[] file = sixteenBit();
        for (int declared : new int[] {-1, 0x7fff_f000, Integer.MIN_VALUE}) {
            ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(40, declared);
            assertArrayEquals(new float[] {0.5f, 1 / 32_768f, -1}, read(file).samples());
        }
        refused(Arrays.copyOf(file, file.length - 1), "cut off");
    }

    @Test
    void everyTruncationIsRefused() throws IOException {
        byte[] file = sixteenBit();
        read(file);
        for (int length = 0; length < file.length; length++) {
            refused(Arrays.copyOf(file, length), "cut off");
        }
    }

    @Test
    void hugeDeclaredSizesDoNotAllocate() {
        byte[] file = sixteenBit();
        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(40, 0x07ff_fffe);
        refused(file, "expected 134217726 bytes of samples, found 6 bytes");
        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(16, 0x7fff_fffe);
        refused(file, "'fmt ' chunk of 16 to");
        byte[] unknown = riff(chunk("junk", new byte[2]));
        ByteBuffer.wrap(unknown).order(ByteOrder.LITTLE_ENDIAN).putInt(16, -2);
        refused(unknown, "chunk 'junk'");
    }

    @Test
    void tooLongSoundIsRefused() throws IOException {
        byte[] file = sixteenBit();
        assertEquals(3, WavReader.read(new ByteArrayInputStream(file), "w", 3).samples().length);
        WavFormatException refusal =
                assertThrows(
                        WavFormatException.class,
                        () -> WavReader.read(new ByteArrayInputStream(file), "w", 2));
        assertTrue(refusal.getMessage().contains("at most 2 samples, found 3"));
        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(40, -1);
        assertThrows(
                WavFormatException.class,
                () -> WavReader.read(new ByteArrayInputStream(file), "w", 2));
        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(40, 0x7ffe_0000);
        refused(file, "too long");
    }

    @Test
    void othersAreRefusedWithWhatWasFound() {
        refused(ascii("This is not a WAV file at all."), "found 'This");
        refused(ascii("RIFX\0\0\0\0WAVE"), "found 'RIFX");
        refused(wav(1, 0, 16_000, 16, new byte[2]), "found 0");
        refused(wav(1, 6, 16_000, 16, new byte[12]), "expected 1 or 2 channels, found 6");
        refused(wav(1, 1, 0, 16, new byte[2]), "sample rate");
        refused(wav(1, 1, -1, 16, new byte[2]), "found 4294967295");
        refused(wav(1, 1, 16_000, 12, new byte[2]), "PCM of 12 bits");
        refused(wav(3, 1, 16_000, 16, new byte[8]), "floating point of 16 bits");
        refused(wav(7, 1, 8_000, 16, new byte[8]), "mu-law of 16 bits");
        refused(wav(6, 1, 8_000, 16, new byte[8]), "A-law of 16 bits");
        refused(wav(0x1234, 1, 8_000, 8, new byte[8]), "0x1234");
        refused(wav(1, 1, 16_000, 16, new byte[3]), "whole frames of 2 bytes, found 3 bytes");
        refused(wav(1, 1, 16_000, 16, new byte[0]), "holds no samples");
        refused(riff(chunk("data", new byte[2])), "before the 'data' chunk");
        byte[] inconsistent = sixteenBit();
        inconsistent[32] = 4;
        refused(inconsistent, "expected frames of 2 bytes");
        byte[] nan = little(8).putFloat(0).putFloat(Float.NaN).array();
        refused(wav(3, 1, 16_000, 32, nan), "found NaN at sample 1");
    }

    @Test
    void damagedHeadersAreReadOrRefusedButNeverFailOtherwise() throws IOException {
        SplittableRandom random = new SplittableRandom(17);
        int refusals = 0;
        for (int trial = 0; trial < 20_000; trial++) {
            byte[] file = sixteenBit();
            for (int k = random.nextInt(1, 4); k > 0; k--) {
                file[random.nextInt(file.length)] = (byte) random.nextInt();
            }
            try {
                read(file);
            } catch (WavFormatException e) {
                refusals++;
            }
        }
        assertTrue(refusals > 5_000, "refusals: " + refusals);
    }

    @Test
    void filesWrittenReadBack(@TempDir Path folder) throws IOException {
        float[] samples = new float[70_000];
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < samples.length; i++) {
            samples[i] = random.nextInt(-32_768, 32_768) / 32_768f;
        }
        Path file = folder.resolve("a.wav");
        WavWriter.write(file, new Waveform(samples, 22_050));
        Waveform back = WavReader.read(file);
        assertEquals(22_050, back.sampleRate());
        assertArrayEquals(samples, back.samples());

        WavWriter.write(file, new Waveform(new float[] {2, -2}, 8_000));
        assertArrayEquals(new float[] {32_767 / 32_768f, -1}, WavReader.read(file).samples());
    }

    @Test
    void missingFilesAreReportedAsSuch(@TempDir Path folder) {
        assertThrows(NoSuchFileException.class, () -> WavReader.read(folder.resolve("none.wav")));
    }

    @Test
    void readsRealSpeech() throws IOException {
        Path wav =
                Path.of(System.getProperty("hlstm.data", "../../shared/data")).resolve("an4/wav");
        assumeTrue(Files.isDirectory(wav), "skipped: no AN4 speech in " + wav);
        try (var files = Files.walk(wav)) {
            Path first =
                    files.filter(f -> f.toString().endsWith(".wav")).sorted().findFirst().get();
            Waveform sound = WavReader.read(first);
            assertEquals(16_000, sound.sampleRate());
            assertTrue(sound.seconds() > 0.3 && sound.seconds() < 10);
        }
    }
}
