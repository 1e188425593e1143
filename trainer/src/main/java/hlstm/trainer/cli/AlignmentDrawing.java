package hlstm.trainer.cli;

import hlstm.runtime.Alignment;
import java.util.List;

/** Draws in text how a translation looked at its source: a row for each of its tokens. */
final class AlignmentDrawing {
    private static final String SHADES = " .:+#@";

    private AlignmentDrawing() {}

    /**
     * The drawing, its lines ended by line feeds. The darker a place, the larger the share: blank
     * is below a tenth, {@code @} above nine tenths.
     */
    static String of(Alignment alignment) {
        List<String> source = alignment.source().stream().map(Printable::of).toList();
        List<String> target = alignment.target().stream().map(Printable::of).toList();
        int margin = target.stream().mapToInt(AlignmentDrawing::width).max().orElse(0);
        StringBuilder text = new StringBuilder();
        text.append(" ".repeat(margin)).append(' ').append(String.join(" ", source)).append('\n');
        for (int row = 0; row < target.size(); row++) {
            StringBuilder line = new StringBuilder();
            line.append(target.get(row)).append(" ".repeat(margin - width(target.get(row))));
            for (int column = 0; column < source.size(); column++) {
                char shade = shade(alignment.shares()[row][column]);
                line.append(' ')
                        .append(Character.toString(shade).repeat(width(source.get(column))));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private static int width(String token) {
        return token.codePointCount(0, token.length());
    }

    private static char shade(float share) {
        int darkest = SHADES.length() - 1;
        return SHADES.charAt(Math.clamp(Math.round(share * darkest), 0, darkest));
    }
}
