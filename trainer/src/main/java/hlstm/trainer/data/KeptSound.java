package hlstm.trainer.data;

import hlstm.runtime.audio.Waveform;
import java.io.IOException;

/**
 * Loads sound once and keeps it. Threads that ask for it first at the same time may all load it.
 */
final class KeptSound implements AudioSource {
    private final AudioSource source;
    private volatile Waveform sound;

    KeptSound(AudioSource source) {
        this.source = source;
    }

    @Override
    public Waveform load() throws IOException {
        Waveform kept = sound;
        if (kept == null) {
            kept = source.load();
            sound = kept;
        }
        return kept;
    }
}
