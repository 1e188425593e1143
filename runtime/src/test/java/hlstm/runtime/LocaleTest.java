package hlstm.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Names of tensors do not depend on the digits of the default locale. */
class LocaleTest {
    private final Locale before = Locale.getDefault();

    @AfterEach
    void restore() {
        Locale.setDefault(before);
    }

    @Test
    void namesHaveLatinDigits() {
        CellSpec cell = new CellSpec(5, 3, List.of(4, 6), false, 0);
        List<String> names = cell.matrices().stream().map(GateMatrix::name).toList();
        String bias = RecurrentSpec.biasName(1);

        Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));

        assertEquals("\u0661", "%d".formatted(1), "the digits of this locale are its own");
        assertEquals(names, cell.matrices().stream().map(GateMatrix::name).toList());
        assertEquals(bias, RecurrentSpec.biasName(1));
    }
}
