package hlstm.trainer.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hlstm.sparse.KernelProviders;
import hlstm.sparse.ProviderReport;
import hlstm.trainer.JavaProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs that go on where bits are others. */
class OtherMachineTest {
    private static final SpeechRecipe RECIPE = SmallRuns.dense().with(List.of("training.epochs=2"));

    @TempDir private Path temporary;

    OtherMachineTest() {}

    /** Trains in the folder that is its argument. */
    static final class Child {
        private Child() {}

        public static void main(String[] arguments) throws IOException {
            SmallRuns.train(RECIPE, Path.of(arguments[0]), TrainingListener.NONE);
        }
    }

    @Test
    @Timeout(120)
    void otherKernelsAreTold() throws Exception {
        assumeTrue(
                KernelProviders.get().report().vectorBits() > 0,
                "skipped: this process has scalar kernels, there are no others to go on with");
        Path folder = temporary.resolve("run");
        assertThrows(
                IllegalStateException.class,
                () ->
                        SmallRuns.train(
                                RECIPE,
                                folder,
                                new TrainingListener() {
                                    @Override
                                    public void batch(Progress progress) {
                                        if (progress.epoch() == 2) {
                                            throw new IllegalStateException("broken off");
                                        }
                                    }
                                }));
        ProcessBuilder child = JavaProcess.of(Child.class, folder.toString());
        child.command().add(1, "-Dhlstm.provider=scalar");
        child.command().add(1, "-Djava.awt.headless=true");
        Process process = child.redirectOutput(temporary.resolve("child.log").toFile()).start();
        assertEquals(0, process.waitFor(), () -> "see " + temporary.resolve("child.log"));

        List<RunEvent> events = EventLog.read(folder.resolve("events.jsonl"));
        List<String> warnings =
                events.stream()
                        .filter(e -> e.event() == RunEvent.Kind.WARNING)
                        .map(RunEvent::message)
                        .toList();
        assertEquals(1, warnings.size(), events::toString);
        assertTrue(
                warnings.getFirst().contains("now scalar kernels, JDK ")
                        && warnings.getFirst().contains("before vector kernels of "),
                warnings.getFirst());
        assertTrue(events.getFirst().message().contains("vector kernels of "));
    }

    @Test
    void whatChangesBitsIsToldAndNothingElse() {
        ProviderReport wide = new ProviderReport("vector", 256, true, "present", null);
        String here = TrainingMachine.text(wide, "25", "amd64");
        assertNull(TrainingMachine.warning(here, here));
        assertNull(TrainingMachine.warning(null, here), "an earlier version noted nothing");
        String another =
                TrainingMachine.text(
                        new ProviderReport("vector", 256, true, "forced", null), "25", "amd64");
        assertNull(TrainingMachine.warning(here, another), "why they were chosen does not matter");
        for (String elsewhere :
                List.of(
                        TrainingMachine.text(
                                new ProviderReport("vector", 512, true, "", null), "25", "amd64"),
                        TrainingMachine.text(
                                new ProviderReport("vector", 256, false, "", null), "25", "amd64"),
                        TrainingMachine.text(wide, "25.0.3", "amd64"),
                        TrainingMachine.text(wide, "25", "aarch64"))) {
            String warning = TrainingMachine.warning(here, elsewhere);
            assertTrue(
                    warning.contains("now " + elsewhere) && warning.contains("before " + here),
                    warning);
        }
    }
}
