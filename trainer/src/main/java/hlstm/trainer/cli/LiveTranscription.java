package hlstm.trainer.cli;

import hlstm.runtime.StreamingTranscriber;
import hlstm.runtime.audio.Resampler;
import hlstm.runtime.audio.ResamplerStream;
import hlstm.runtime.audio.WavStream;
import java.io.IOException;
import java.io.PrintWriter;

/** Transcribes sound while it comes in, and prints the text as it grows. */
final class LiveTranscription {
    /** The most sound that is taken at once, as a share of a second: text is this late at most. */
    private static final int PORTIONS_A_SECOND = 20;

    private final StreamingTranscriber transcriber;

    /** Where the text goes, or null to wait for the whole. */
    private final PrintWriter out;

    private int printed;

    /**
     * A transcription that has not begun.
     *
     * @param out takes the text as it grows; null if nobody reads it before the end
     */
    LiveTranscription(StreamingTranscriber transcriber, PrintWriter out) {
        this.transcriber = transcriber;
        this.out = out;
    }

    /** The text of a sound, and how long that is. */
    record Heard(String text, double seconds) {}

    /**
     * Listens to the end.
     *
     * @param label printed before the text
     * @param paced whether sound that is there already is to be heard no faster than it was spoken
     */
    Heard listen(WavStream sound, String label, boolean paced) throws IOException {
        int rate = sound.sampleRate();
        ResamplerStream resampler =
                rate == transcriber.sampleRate()
                        ? null
                        : new ResamplerStream(new Resampler(rate, transcriber.sampleRate()));
        float[] samples = new float[Math.max(1, rate / PORTIONS_A_SECOND)];
        float[] resampled = new float[4096];
        long start = System.nanoTime();
        long taken = 0;
        printed = 0;
        if (out != null) {
            out.print(Printable.of(label));
        }
        for (int count = sound.read(samples, 0, samples.length);
                count >= 0;
                count = sound.read(samples, 0, samples.length)) {
            taken += count;
            if (paced) {
                waitUntil(start + (long) (1e9 * taken / rate));
            }
            if (resampler == null) {
                transcriber.accept(samples, 0, count);
            } else {
                resampler.accept(samples, 0, count);
                drain(resampler, resampled);
            }
            print(transcriber.text());
        }
        if (resampler != null) {
            resampler.end();
            drain(resampler, resampled);
        }
        String text = transcriber.finish();
        finishLine(text);
        return new Heard(text, (double) taken / rate);
    }

    private void drain(ResamplerStream resampler, float[] room) {
        for (int count = resampler.read(room, 0, room.length);
                count > 0;
                count = resampler.read(room, 0, room.length)) {
            transcriber.accept(room, 0, count);
        }
    }

    /** Prints what is new, but for white space that may turn out to be at the end. */
    private void print(CharSequence text) {
        String stripped = text.toString().strip();
        if (out != null && stripped.length() > printed) {
            out.print(Printable.of(stripped.substring(printed)));
            out.flush();
            printed = stripped.length();
        }
    }

    private void finishLine(String text) {
        if (out != null) {
            out.println(Printable.of(text.substring(printed)));
            out.flush();
        }
    }

    private static void waitUntil(long nanos) throws IOException {
        long left = nanos - System.nanoTime();
        if (left <= 0) {
            return;
        }
        try {
            Thread.sleep(left / 1_000_000, (int) (left % 1_000_000));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while listening", e);
        }
    }
}
