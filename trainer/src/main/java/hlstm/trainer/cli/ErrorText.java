package hlstm.trainer.cli;

import hlstm.trainer.run.RunException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** Says in one line what went wrong, for people who do not read stack traces. */
final class ErrorText {
    private ErrorText() {}

    /** One line that a terminal shows as it is. */
    static String of(Throwable error) {
        return Printable.of(text(error));
    }

    private static String text(Throwable error) {
        Throwable cause = error;
        while (cause.getCause() != null && isWrapper(cause)) {
            cause = cause.getCause();
        }
        if (cause instanceof FileSystemException e) {
            return fileError(e);
        }
        if (cause instanceof InvalidPathException e) {
            return pathError(e);
        }
        if (cause instanceof OutOfMemoryError) {
            return "out of memory (%s), with a heap of at most %s; give it more, for example with JDK_JAVA_OPTIONS=-Xmx4g"
                    .formatted(cause.getMessage(), Figures.bytes(Runtime.getRuntime().maxMemory()));
        }
        boolean expected =
                cause instanceof IOException
                        || cause instanceof RunException
                        || cause instanceof IllegalArgumentException
                        || cause instanceof IllegalStateException;
        if (expected && cause.getMessage() != null) {
            return line(cause.getMessage());
        }
        return "internal error, %s; --debug shows where".formatted(line(cause.toString()));
    }

    /**
     * Where the locale is that of C, as in cron jobs and slim containers, Java knows the names of
     * files in ASCII alone.
     */
    static String pathError(InvalidPathException error) {
        if (error.getReason().startsWith("Malformed input")) {
            return "the file name '%s' has characters beyond %s, the character set of this locale; choose a locale of UTF-8, as with LC_ALL=C.UTF-8, or rename the file"
                    .formatted(error.getInput(), System.getProperty("sun.jnu.encoding"));
        }
        return "'%s' cannot be the name of a file: %s"
                .formatted(error.getInput(), error.getReason());
    }

    private static String fileError(FileSystemException error) {
        if (error instanceof NoSuchFileException) {
            return "no such file or folder: " + error.getFile();
        }
        if (error instanceof AccessDeniedException) {
            return "no permission for " + error.getFile();
        }
        if (error instanceof FileAlreadyExistsException) {
            return error.getFile() + " exists already";
        }
        if (error instanceof NotDirectoryException) {
            return error.getFile() + " is not a folder";
        }
        if (error instanceof DirectoryNotEmptyException) {
            return "the folder " + error.getFile() + " is not empty";
        }
        return line(error.getMessage());
    }

    private static boolean isWrapper(Throwable error) {
        return error instanceof UncheckedIOException
                || error instanceof ExecutionException
                || error instanceof CompletionException;
    }

    private static String line(String text) {
        return String.join(" ", text.lines().map(String::strip).toList());
    }
}
