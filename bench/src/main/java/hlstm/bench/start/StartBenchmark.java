package hlstm.bench.start;

import hlstm.bench.LaneBlocks;
import hlstm.bench.Progress;
import hlstm.bench.peers.PeerCase;
import hlstm.trainer.machine.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Starts JVMs in several ways, by turns, and tells how soon their steps are fast. */
final class StartBenchmark {
    /** A way to start, and the processes that have been started so. */
    private record Way(StartMode mode, boolean warmUp, List<StartTimes> rounds) {}

    private final int rounds;
    private final Duration steps;
    private final Consumer<String> progress;

    /**
     * A benchmark.
     *
     * @param rounds processes of each kind
     * @param steps time for which each process takes steps
     * @param progress gets a line now and then
     */
    StartBenchmark(int rounds, Duration steps, Consumer<String> progress) {
        this.rounds = rounds;
        this.steps = steps;
        this.progress = progress;
    }

    /**
     * Runs the H-LSTM of a case.
     *
     * @param folder for the model and the archives
     * @throws IOException if a process fails that brings nothing along, or nothing can be written
     */
    StartResult run(PeerCase of, List<StartMode> modes, Path folder) throws IOException {
        Path model = folder.resolve("model.safetensors");
        of.hlstm(LaneBlocks.ofThisMachine()).write(model);
        ProbeProcess process = new ProbeProcess(folder, model);
        List<Way> ways = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (StartMode mode : modes) {
            if (mode.hasArchive()) {
                progress.accept("recording for " + mode.label());
                String obstacle = record(mode, process, folder);
                if (obstacle != null) {
                    missing.add("%s: %s".formatted(mode.label(), obstacle));
                    continue;
                }
            }
            ways.add(new Way(mode, false, new ArrayList<>()));
            ways.add(new Way(mode, true, new ArrayList<>()));
        }
        Progress starting = new Progress("processes", progress);
        int done = 0;
        for (int round = 0; round < rounds; round++) {
            for (Way way : ways) {
                way.rounds.add(process.run(way.mode.using(folder), way.warmUp, steps));
                starting.to(++done / (double) (rounds * ways.size()), "");
            }
        }
        List<StartRow> rows = new ArrayList<>();
        for (Way way : ways) {
            long bytes = way.mode.hasArchive() ? Files.size(way.mode.archive(folder)) : 0;
            rows.add(StartRow.of(way.mode, way.warmUp, bytes, way.rounds));
        }
        return new StartResult(Machine.here(), of.name(), rows, missing);
    }

    /** Leaves an archive of a run with a warm-up; what has gone wrong, or null. */
    private String record(StartMode mode, ProbeProcess process, Path folder) {
        try {
            process.run(mode.recording(folder), true, steps);
            return Files.exists(mode.archive(folder)) ? null : "this JVM has left no archive";
        } catch (IOException e) {
            return e.getMessage().strip();
        }
    }
}
