package hlstm.trainer.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hlstm.runtime.Model;
import hlstm.runtime.Session;
import hlstm.trainer.layers.SequenceBlock;
import hlstm.trainer.layers.ThreadWorkers;
import hlstm.trainer.layers.Workers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TeacherTest {
    private static final SpeechRecipe DENSE = SmallRuns.dense();
    private static final SpeechRecipe STUDENT =
            SmallRuns.growAndPrune().with(List.of("distillation.weight=0.5"));

    @TempDir private static Path dense;
    private static Model model;

    @TempDir private Path folder;

    @BeforeAll
    static void trainTeacher() throws IOException {
        model = Model.load(SmallRuns.train(DENSE, dense, TrainingListener.NONE).model());
    }

    private static void train(
            SpeechRecipe recipe, Model teacher, Path path, TrainingListener listener)
            throws IOException {
        boolean isNew = !Files.exists(path.resolve(".lock"));
        try (RunFolder run =
                isNew ? RunFolder.create(path, recipe) : RunFolder.resume(path, recipe)) {
            TrainingRun.run(
                    recipe,
                    SpeechTraining.tasks(
                            recipe,
                            SmallRuns.corpus(),
                            Optional.ofNullable(teacher)
                                    .map(taught -> new Teacher(taught, "teacher", recipe)),
                            Optional.empty()),
                    run,
                    listener);
        }
    }

    /** What it says of each utterance is what the model says of it alone. */
    @Test
    void hearsEveryLaneAsTheModelDoes() {
        int[] lengths = {7, 0, 12, 1};
        int width = DENSE.features().width();
        SequenceBlock input = new SequenceBlock();
        input.reshape(12, width, 8, lengths);
        SequenceBlock student = new SequenceBlock();
        student.reshape(12, model.spec().outputWidth(), 8, lengths);
        SplittableRandom random = new SplittableRandom(1);
        float[][] utterances = new float[lengths.length][];
        for (int lane = 0; lane < lengths.length; lane++) {
            utterances[lane] = new float[lengths[lane] * width];
            for (int step = 0; step < lengths[lane]; step++) {
                for (int feature = 0; feature < width; feature++) {
                    float value = random.nextFloat(-2, 2);
                    utterances[lane][step * width + feature] = value;
                    input.data()[input.offset(step, feature) + lane] = value;
                }
            }
        }
        Teacher teacher = new Teacher(model, "teacher", DENSE);
        try (Workers workers = new ThreadWorkers(2)) {
            teacher.listen(input, student, workers);
            SequenceBlock heard = teacher.listen(input, student, workers);
            assertArrayEquals(student.lengths(), heard.lengths());
            for (int lane = 0; lane < lengths.length; lane++) {
                Session session = model.newSession();
                float[] out = new float[lengths[lane] * heard.features()];
                session.run(utterances[lane], lengths[lane], out);
                for (int step = 0; step < lengths[lane]; step++) {
                    for (int symbol = 0; symbol < heard.features(); symbol++) {
                        assertEquals(
                                out[step * heard.features() + symbol],
                                heard.data()[heard.offset(step, symbol) + lane]);
                    }
                }
            }
        }
    }

    /** A network that follows nothing but the teacher comes closer to it. */
    @Test
    void theStudentComesCloser() throws IOException {
        SpeechRecipe recipe =
                DENSE.with(
                        List.of(
                                "distillation.weight=1",
                                "seed=2",
                                "training.epochs=12",
                                "optimizer.learningRate=0.01"));
        SmallRuns.Events log = new SmallRuns.Events();
        train(recipe, model, folder, log);
        List<Double> losses =
                log.events.stream()
                        .filter(e -> e.event() == RunEvent.Kind.EPOCH)
                        .map(RunEvent::loss)
                        .toList();
        assertTrue(losses.getLast() < 0.3 * losses.getFirst(), losses::toString);
        assertTrue(losses.stream().allMatch(loss -> loss > 0), losses::toString);
    }

    @Test
    void aRunResumesWithItsTeacherAndNoOther() throws IOException {
        Path whole = folder.resolve("whole");
        Path broken = folder.resolve("broken");
        train(STUDENT, model, whole, TrainingListener.NONE);
        TrainingListener breakOff =
                new TrainingListener() {
                    @Override
                    public void event(RunEvent event) {
                        if (event.event() == RunEvent.Kind.EPOCH && event.epoch() == 3) {
                            throw new IllegalStateException("broken off");
                        }
                    }
                };
        assertThrows(IllegalStateException.class, () -> train(STUDENT, model, broken, breakOff));

        Model other = Model.load(whole.resolve("model.safetensors"));
        RunException e =
                assertThrows(
                        RunException.class,
                        () -> train(STUDENT, other, broken, TrainingListener.NONE));
        assertTrue(e.getMessage().contains("trained on other data"), e.getMessage());

        String data = other.provenance().get("data");
        assertTrue(data.contains("taught by a model of the recipe " + DENSE.name()), data);
        train(STUDENT.with(List.of("training.threads=2")), model, broken, TrainingListener.NONE);
        assertArrayEquals(
                Files.readAllBytes(whole.resolve("model.safetensors")),
                Files.readAllBytes(broken.resolve("model.safetensors")));
    }

    @Test
    void aWeightNeedsATeacherAndATeacherAWeight() {
        RunException e =
                assertThrows(
                        RunException.class,
                        () ->
                                train(
                                        STUDENT,
                                        null,
                                        folder.resolve("without"),
                                        TrainingListener.NONE));
        assertTrue(e.getMessage().contains("distillation.weight is 0.5"), e.getMessage());
        e =
                assertThrows(
                        RunException.class,
                        () -> train(DENSE, model, folder.resolve("with"), TrainingListener.NONE));
        assertTrue(e.getMessage().contains("a teacher a weight"), e.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "features.melBands=9, hears other features than the recipe",
        "alphabet=ABC, writes other symbols than the recipe"
    })
    void aTeacherOfSomethingElseIsRefused(String setting, String message) {
        SpeechRecipe recipe = STUDENT.with(List.of(setting));
        RunException e =
                assertThrows(RunException.class, () -> new Teacher(model, "t.safetensors", recipe));
        assertTrue(e.getMessage().startsWith("t.safetensors " + message), e.getMessage());
    }

    @Test
    void otherStridesAreRefused() {
        SequenceBlock input = new SequenceBlock();
        input.reshape(6, DENSE.features().width(), 8, new int[] {6});
        SequenceBlock student = new SequenceBlock();
        student.reshape(3, model.spec().outputWidth(), 8, new int[] {3});
        Teacher teacher = new Teacher(model, "t.safetensors", DENSE);
        try (Workers workers = new ThreadWorkers(1)) {
            RunException e =
                    assertThrows(RunException.class, () -> teacher.listen(input, student, workers));
            assertTrue(e.getMessage().contains("6 steps of 6"), e.getMessage());
            assertTrue(e.getMessage().contains("to learn from it 3"), e.getMessage());
        }
    }
}
