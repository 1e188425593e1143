package hlstm.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model runs on a stream in a few lines, as in a service that embeds it. */
final class EmbeddingTest {
    @TempDir private Path folder;

    @Test
    void modelRunsOnAStream() throws Exception {
        Path file = folder.resolve("model.safetensors");
        RandomModels.mixed(
                        RandomModels.stack(RandomModels.hlstm(3, 16, 8), new LinearSpec(16, 2)), 1)
                .builder()
                .write(file);
        List<Integer> best = new ArrayList<>();

        Model model = Model.load(file); // once; shared by all threads
        Session session = model.newSession(); // one for each stream
        float[] in = new float[model.spec().inputWidth()];
        float[] out = new float[model.spec().outputWidth()];
        for (int frame = 0; frame < 10; frame++) {
            in[0] = frame; // whatever the stream brings
            session.step(in, out); // allocates nothing
            best.add(out[0] > out[1] ? 0 : 1);
        }
        SessionState pause = session.state(); // to go on later, or elsewhere
        session.reset(); // the next stream

        assertEquals(10, best.size());
        assertEquals(2 * 16, pause.length());
    }

    /** As docs/low-latency.md says, with a shorter warm-up. */
    @Test
    void serviceWarmsUpAndHasATeam() throws Exception {
        Path file = folder.resolve("model.safetensors");
        RandomModels.mixed(RandomModels.stack(RandomModels.hlstm(3, 16, 8)), 1)
                .builder()
                .write(file);

        Model model = Model.load(file);
        WarmUpReport warm = model.warmUp(Duration.ofMillis(20));
        assertFalse(warm.settled());
        assertTrue(warm.steps() > 0);
        try (ThreadTeam team = new ThreadTeam(2)) {
            model.warmUp(WarmUp.steps().on(team).within(Duration.ofMillis(20)));
            Session session = model.newSession(team);
            float[] in = {1, 2, 3};
            float[] out = new float[16];
            float[] alone = new float[16];
            session.step(in, out);
            model.newSession().step(in, alone);
            assertArrayEquals(alone, out);
        }
    }
}
