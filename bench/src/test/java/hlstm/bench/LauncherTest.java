package hlstm.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The launcher script, on a copy of the project's layout with stand-ins for java and mvn. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher is a POSIX shell script")
class LauncherTest {
    private static final Path SCRIPT = Path.of("..", "hlstm");

    @TempDir private Path folder;
    private Path project;
    private Path tools;
    private Path jar;
    private final Map<String, String> environment = new HashMap<>();

    private record Outcome(int code, String output, String errors) {}

    @BeforeEach
    void layOut() throws IOException {
        project = folder.resolve("a project");
        tools = folder.resolve("tools");
        jar = project.resolve("bench/target/hlstm.jar");
        Files.createDirectories(project.resolve("sparse/src/main/java"));
        Files.createDirectories(tools);
        Files.copy(SCRIPT, project.resolve("hlstm"));
        executable(project.resolve("hlstm"));
        Files.writeString(project.resolve("pom.xml"), "<project/>");
        Files.writeString(project.resolve("jdk-flags.txt"), "");
        environment.put("HOME", folder.resolve("home").toString());
    }

    @Test
    void startsTheJarWithTheFlagsFileAndAllArguments() throws Exception {
        built();
        environment.put("JAVA_HOME", jdk("jdk-25", "25.0.3", "java.base jdk.incubator.vector"));

        Outcome outcome = launch(project.resolve("hlstm"), "eval", "a b", "*", "");

        assertEquals(0, outcome.code(), outcome.errors());
        Path root = project.toRealPath();
        assertEquals(
                List.of(
                        "jdk-25",
                        "@" + root.resolve("jdk-flags.txt"),
                        "-jar",
                        root.resolve("bench/target/hlstm.jar").toString(),
                        "eval",
                        "a b",
                        "*",
                        ""),
                outcome.output().lines().toList());
    }

    @Test
    void keepsTheExitCodeOfTheProgram() throws Exception {
        built();
        environment.put("JAVA_HOME", jdk("jdk-25", "25", "jdk.incubator.vector"));
        environment.put("STANDIN_EXIT", "7");

        assertEquals(7, launch(project.resolve("hlstm")).code());
    }

    @Test
    void worksThroughSymbolicLinks() throws Exception {
        built();
        environment.put("JAVA_HOME", jdk("jdk-25", "25", "jdk.incubator.vector"));
        Path absolute = Files.createSymbolicLink(folder.resolve("one"), project.resolve("hlstm"));
        Path relative = Files.createSymbolicLink(folder.resolve("two"), Path.of("one"));

        assertTrue(launch(absolute).output().contains("a project/jdk-flags.txt"));
        assertTrue(launch(relative).output().contains("a project/jdk-flags.txt"));
    }

    @Test
    void passesOverJdksThatAreTooOldOrLackVectors() throws Exception {
        built();
        environment.put("JAVA_HOME", jdk("jdk-17", "17.0.15", "jdk.incubator.vector"));
        Path path = Files.createDirectories(tools.resolve("path"));
        String slim = jdk("jdk-26-slim", "26", "java.base java.logging");
        Files.createSymbolicLink(path.resolve("java"), Path.of(slim, "bin", "java"));
        environment.put("PATH", path + ":" + System.getenv("PATH"));
        jdk("../home/.jdks/my jdk 27", "27-ea", "jdk.incubator.vector");

        Outcome outcome = launch(project.resolve("hlstm"));

        assertEquals("my jdk 27", outcome.output().lines().findFirst().orElse(outcome.errors()));
    }

    @Test
    void refusesAForcedJdkThatIsTooOld() throws Exception {
        built();
        environment.put("HLSTM_JAVA_HOME", jdk("jdk-24", "24.0.1", "jdk.incubator.vector"));

        Outcome outcome = launch(project.resolve("hlstm"));

        assertEquals(1, outcome.code());
        assertTrue(outcome.errors().contains("HLSTM_JAVA_HOME"), outcome.errors());
        assertTrue(outcome.errors().contains("25 or newer"), outcome.errors());
    }

    @Test
    void buildsWhenTheJarIsMissingOrOlderThanASource() throws Exception {
        environment.put("JAVA_HOME", jdk("jdk-25", "25", "jdk.incubator.vector"));
        maven("mkdir -p bench/target/lib && : > bench/target/hlstm.jar && echo built >> built.log");

        Outcome first = launch(project.resolve("hlstm"));
        assertEquals(0, first.code(), first.errors());
        assertTrue(first.errors().contains("building"), first.errors());
        assertEquals(1, builds());

        Outcome second = launch(project.resolve("hlstm"));
        assertEquals("", second.errors());
        assertEquals(1, builds());

        Path source = Files.writeString(project.resolve("sparse/src/main/java/A.java"), "");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));
        launch(project.resolve("hlstm"));
        assertEquals(2, builds());
    }

    @Test
    void buildsWhenTheLibrariesAreMissing() throws Exception {
        environment.put("JAVA_HOME", jdk("jdk-25", "25", "jdk.incubator.vector"));
        maven("mkdir -p bench/target/lib && : > bench/target/hlstm.jar && echo built >> built.log");
        launch(project.resolve("hlstm"));
        Files.delete(jar.resolveSibling("lib"));

        launch(project.resolve("hlstm"));

        assertEquals(2, builds());
    }

    @Test
    void showsTheMessagesOfABuildThatFails() throws Exception {
        environment.put("JAVA_HOME", jdk("jdk-25", "25", "jdk.incubator.vector"));
        maven("echo no such symbol; exit 1");

        Outcome outcome = launch(project.resolve("hlstm"));

        assertEquals(1, outcome.code());
        assertTrue(outcome.errors().contains("no such symbol"), outcome.errors());
        assertTrue(outcome.errors().contains("the build failed"), outcome.errors());
        assertFalse(Files.exists(project.resolve("target/launcher.lock")));
    }

    @Test
    void buildsOnceWhenTwoStartAtTheSameTime() throws Exception {
        environment.put("JAVA_HOME", jdk("jdk-25", "25", "jdk.incubator.vector"));
        maven(
                "sleep 1; mkdir -p bench/target/lib && : > bench/target/hlstm.jar"
                        + " && echo built >> built.log");

        Process first = start(project.resolve("hlstm"));
        Process second = start(project.resolve("hlstm"));

        assertEquals(0, finish(first).code());
        assertEquals(0, finish(second).code());
        assertEquals(1, builds());
    }

    @Test
    void takesOverTheLockOfAStartThatWasKilled() throws Exception {
        environment.put("JAVA_HOME", jdk("jdk-25", "25", "jdk.incubator.vector"));
        maven("mkdir -p bench/target/lib && : > bench/target/hlstm.jar");
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        Path lock = Files.createDirectories(project.resolve("target/launcher.lock"));
        Files.writeString(lock.resolve("pid"), dead.pid() + "\n");

        assertEquals(0, launch(project.resolve("hlstm")).code());
    }

    private void built() throws IOException {
        Files.createDirectories(jar.resolveSibling("lib"));
        Files.createFile(jar);
        Files.setLastModifiedTime(jar, FileTime.from(Instant.now().plusSeconds(60)));
    }

    private long builds() throws IOException {
        try (var lines = Files.lines(project.resolve("built.log"))) {
            return lines.count();
        }
    }

    /** A stand-in for a JDK whose {@code java} prints its folder and its arguments, one a line. */
    private String jdk(String name, String version, String modules) throws IOException {
        Path home = tools.resolve(name).normalize();
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(
                home.resolve("release"),
                "JAVA_VERSION=\"%s\"\nMODULES=\"%s\"\n".formatted(version, modules));
        Path java =
                Files.writeString(
                        home.resolve("bin/java"),
                        "#!/bin/sh\nprintf '%%s\\n' '%s' \"$@\"\nexit \"${STANDIN_EXIT:-0}\"\n"
                                .formatted(home.getFileName()));
        executable(java);
        return home.toString();
    }

    private void maven(String commands) throws IOException {
        Path path = Files.createDirectories(tools.resolve("maven"));
        executable(Files.writeString(path.resolve("mvn"), "#!/bin/sh\n" + commands + "\n"));
        environment.put("PATH", path + ":" + System.getenv("PATH"));
    }

    private static void executable(Path file) {
        assertTrue(file.toFile().setExecutable(true));
    }

    private Outcome launch(Path script, String... arguments) throws Exception {
        return finish(start(script, arguments));
    }

    private Process start(Path script, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(script.toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().remove("HLSTM_JAVA_HOME");
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static Outcome finish(Process process) throws Exception {
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), "the launcher did not end");
        return new Outcome(
                process.exitValue(),
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8),
                new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8));
    }
}
