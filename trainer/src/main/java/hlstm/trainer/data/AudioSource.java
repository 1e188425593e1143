package hlstm.trainer.data;

import hlstm.runtime.audio.WavReader;
import hlstm.runtime.audio.Waveform;
import java.io.IOException;
import java.nio.file.Path;

/** Where the sound of an utterance comes from. May be asked any number of times, by any thread. */
@FunctionalInterface
public interface AudioSource {
    /**
     * The sound, at any sample rate; the caller does not change its samples.
     *
     * @throws IOException if it cannot be read
     */
    Waveform load() throws IOException;

    /** A WAV file, read whenever asked. */
    static AudioSource file(Path wav) {
        return () -> WavReader.read(wav);
    }

    /** Sound that takes long to make: loaded when first asked for, and kept in memory. */
    static AudioSource kept(AudioSource source) {
        return new KeptSound(source);
    }

    /** Sound in memory. */
    static AudioSource of(Waveform sound) {
        return () -> sound;
    }
}
