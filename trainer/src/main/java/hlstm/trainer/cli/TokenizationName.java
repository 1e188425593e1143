package hlstm.trainer.cli;

import hlstm.trainer.metrics.Tokenization;
import java.util.Arrays;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the name of a tokenization, such as {@code 13a}. */
final class TokenizationName implements ITypeConverter<Tokenization> {
    TokenizationName() {}

    @Override
    public Tokenization convert(String name) {
        return Arrays.stream(Tokenization.values())
                .filter(tokenization -> tokenization.toString().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new TypeConversionException(
                                        "'%s' is no tokenization; expected one of %s"
                                                .formatted(
                                                        name,
                                                        Arrays.toString(Tokenization.values()))));
    }
}
