package hlstm.trainer.cli;

import picocli.CommandLine.IVersionProvider;

/** The text of {@code --version}. */
final class VersionText implements IVersionProvider {
    VersionText() {}

    /** The version in the manifest of the jar, or {@code development} outside a jar. */
    static String version() {
        String version = VersionText.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    @Override
    public String[] getVersion() {
        return new String[] {
            "hlstm %s (Java %s, %s %s)"
                    .formatted(
                            version(),
                            Runtime.version(),
                            System.getProperty("os.name"),
                            System.getProperty("os.arch"))
        };
    }
}
