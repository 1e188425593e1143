package hlstm.bench;

import hlstm.bench.peers.PeerCase;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the name of a case from the command line. */
public final class CaseOption implements ITypeConverter<PeerCase> {
    /** Made by picocli. */
    public CaseOption() {}

    @Override
    public PeerCase convert(String name) {
        return PeerCase.ALL.stream()
                .filter(known -> known.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new TypeConversionException(
                                        "expected one of %s, found '%s'"
                                                .formatted(
                                                        PeerCase.ALL.stream()
                                                                .map(PeerCase::name)
                                                                .toList(),
                                                        name)));
    }
}
