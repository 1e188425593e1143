package hlstm.bench.start;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What the JVM brings along of an earlier run. */
enum StartMode {
    /** Nothing but what the JDK ships. */
    PLAIN("nothing", null, null),
    /** Classes. */
    CLASS_DATA("class-data sharing", "-XX:ArchiveClassesAtExit=", "-XX:SharedArchiveFile="),
    /** Classes, linked, and profiles of methods. */
    AOT_CACHE("AOT cache", "-XX:AOTCacheOutput=", "-XX:AOTCache=");

    private final String label;
    private final String recordFlag;
    private final String useFlag;

    StartMode(String label, String recordFlag, String useFlag) {
        this.label = label;
        this.recordFlag = recordFlag;
        this.useFlag = useFlag;
    }

    /** The name in tables. */
    String label() {
        return label;
    }

    /** Whether there is something to record first. */
    boolean hasArchive() {
        return recordFlag != null;
    }

    /** Where its archive lies. */
    Path archive(Path folder) {
        return folder.resolve(name().toLowerCase(Locale.ROOT) + ".archive");
    }

    /** Flags of a run that leaves an archive. */
    List<String> recording(Path folder) {
        return List.of(recordFlag + archive(folder));
    }

    /** Flags of a run that uses it. */
    List<String> using(Path folder) {
        return hasArchive() ? List.of(useFlag + archive(folder)) : List.of();
    }
}
