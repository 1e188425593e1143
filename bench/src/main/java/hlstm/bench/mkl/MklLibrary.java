package hlstm.bench.mkl;

import hlstm.bench.peers.PeerUnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * The functions of Intel's MKL that multiply a sparse matrix by a vector, on one thread. The
 * libraries come out of a jar and are unpacked once, into {@code .hlstm} in the home folder.
 */
@SuppressWarnings("restricted") // foreign functions are what this class is for
final class MklLibrary {
    private static final String FOLDER = "org/bytedeco/mkl/linux-x86_64/";
    private static final String ENTRY = "libmkl_rt.so.3";

    /** The entry and what it loads by itself: interface, threads, and kernels by processor. */
    private static final List<String> FILES =
            List.of(
                    ENTRY,
                    "libmkl_core.so.3",
                    "libmkl_intel_lp64.so.3",
                    "libmkl_intel_thread.so.3",
                    "libiomp5.so",
                    "libmkl_def.so.3",
                    "libmkl_mc3.so.3",
                    "libmkl_avx2.so.3",
                    "libmkl_avx512.so.3",
                    "libmkl_avx10.so.3");

    private static final AddressLayout POINTER = ValueLayout.ADDRESS;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT;

    /** {@code struct matrix_descr}: type, which triangle, which diagonal. */
    static final MemoryLayout DESCRIPTION = MemoryLayout.structLayout(INT, INT, INT);

    final MethodHandle createCsr;
    final MethodHandle setMvHint;
    final MethodHandle optimize;
    final MethodHandle multiply;
    final MethodHandle destroy;

    private MklLibrary(Path entry) {
        SymbolLookup symbols = SymbolLookup.libraryLookup(entry, Arena.global());
        createCsr =
                function(
                        symbols,
                        "mkl_sparse_s_create_csr",
                        POINTER,
                        INT,
                        INT,
                        INT,
                        POINTER,
                        POINTER,
                        POINTER,
                        POINTER);
        setMvHint = function(symbols, "mkl_sparse_set_mv_hint", POINTER, INT, DESCRIPTION, INT);
        optimize = function(symbols, "mkl_sparse_optimize", POINTER);
        multiply =
                function(
                        symbols,
                        "mkl_sparse_s_mv",
                        INT,
                        FLOAT,
                        POINTER,
                        DESCRIPTION,
                        POINTER,
                        FLOAT,
                        POINTER);
        destroy = function(symbols, "mkl_sparse_destroy", POINTER);
        MethodHandle setThreads =
                Linker.nativeLinker()
                        .downcallHandle(
                                symbols.findOrThrow("MKL_Set_Num_Threads"),
                                FunctionDescriptor.ofVoid(INT));
        try {
            setThreads.invokeExact(1);
        } catch (Throwable e) {
            throw new IllegalStateException("MKL does not take a number of threads", e);
        }
    }

    private static MethodHandle function(
            SymbolLookup symbols, String name, MemoryLayout... arguments) {
        return Linker.nativeLinker()
                .downcallHandle(symbols.findOrThrow(name), FunctionDescriptor.of(INT, arguments));
    }

    /** Whether the jar with the libraries is there. */
    static boolean isBuiltIn() {
        return MklLibrary.class.getClassLoader().getResource(FOLDER + ENTRY) != null;
    }

    /**
     * Unpacks and loads it.
     *
     * @throws PeerUnavailableException if it is not built in or does not load here
     */
    static MklLibrary load() throws PeerUnavailableException {
        if (!isBuiltIn()) {
            throw new PeerUnavailableException(
                    "MKL is not built in; 'mvn -Ppeers,mkl -DskipTests package' adds it on Linux"
                            + " with x86-64");
        }
        try {
            Path folder =
                    Files.createDirectories(
                            Path.of(System.getProperty("user.home"), ".hlstm", "mkl"));
            for (String file : FILES) {
                unpack(file, folder);
            }
            return new MklLibrary(folder.resolve(ENTRY));
        } catch (IOException | IllegalArgumentException | UnsatisfiedLinkError e) {
            throw new PeerUnavailableException("MKL cannot be loaded here: " + e, e);
        }
    }

    /** Leaves a file alone that is there already, in its full length. */
    private static void unpack(String file, Path folder) throws IOException {
        URL source = MklLibrary.class.getClassLoader().getResource(FOLDER + file);
        if (source == null) {
            throw new IOException("the jar of MKL has no " + file);
        }
        Path target = folder.resolve(file);
        if (Files.exists(target)
                && Files.size(target) == source.openConnection().getContentLengthLong()) {
            return;
        }
        Path part = Files.createTempFile(folder, file, ".part");
        try (InputStream in = source.openStream()) {
            Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
        }
        Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
    }
}
