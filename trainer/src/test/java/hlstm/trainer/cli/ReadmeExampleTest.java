package hlstm.trainer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program in the README compiles, runs, and does what it says. */
class ReadmeExampleTest {
    private static final Path README = Path.of("..", "README.md");
    private static final Pattern JAVA = Pattern.compile("```java\\R(.*?)```", Pattern.DOTALL);
    private static final int MOST_LINES = 15;

    @TempDir private Path folder;

    @Test
    void theProgramPrintsWhatIsSaid() throws Exception {
        Path model = SpeechFiles.modelThatSaysA(folder.resolve("model.safetensors"));
        Path wav = SpeechFiles.tone(folder.resolve("speech.wav"));
        compile(program());

        assertEquals("A", run(model.toString(), wav.toString()).strip());
    }

    private static String program() throws Exception {
        Matcher matcher = JAVA.matcher(Files.readString(README));
        assertTrue(matcher.find(), "the README has no Java program");
        String program = matcher.group(1);
        assertTrue(
                program.lines().filter(line -> !line.isBlank()).count() <= MOST_LINES,
                "the program has more than %d lines".formatted(MOST_LINES));
        return program;
    }

    private void compile(String program) throws Exception {
        Path source = Files.writeString(folder.resolve("Listen.java"), program);
        ByteArrayOutputStream messages = new ByteArrayOutputStream();
        String[] arguments = {
            "-classpath",
            System.getProperty("java.class.path"),
            "-proc:none",
            "-d",
            folder.toString(),
            source.toString()
        };
        int code = ToolProvider.getSystemJavaCompiler().run(null, messages, messages, arguments);
        assertEquals(0, code, messages.toString(StandardCharsets.UTF_8));
    }

    private String run(String... arguments) throws Exception {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        PrintStream before = System.out;
        try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
            Method main = loader.loadClass("Listen").getDeclaredMethod("main", String[].class);
            main.setAccessible(true);
            System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
            main.invoke(null, (Object) arguments);
        } finally {
            System.setOut(before);
        }
        return output.toString(StandardCharsets.UTF_8);
    }
}
