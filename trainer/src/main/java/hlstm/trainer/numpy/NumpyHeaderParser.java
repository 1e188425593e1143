package hlstm.trainer.numpy;

import java.util.ArrayList;
import java.util.List;

/**
 * Parses the dictionary of a NumPy header: a literal of Python with the keys {@code descr}, {@code
 * fortran_order} and {@code shape}, in any order, and no other.
 */
final class NumpyHeaderParser {
    private final String text;
    private final String source;
    private int at;

    NumpyHeaderParser(String text, String source) {
        this.text = text;
        this.source = source;
    }

    NumpyHeader parse() throws NumpyException {
        String type = null;
        Boolean fortranOrder = null;
        List<Integer> shape = null;
        expect('{');
        while (!next('}')) {
            String key = string();
            expect(':');
            boolean twice;
            switch (key) {
                case "descr" -> {
                    twice = type != null;
                    type = type();
                }
                case "fortran_order" -> {
                    twice = fortranOrder != null;
                    fortranOrder = truth();
                }
                case "shape" -> {
                    twice = shape != null;
                    shape = shape();
                }
                default -> throw refusal("the keys descr, fortran_order and shape, not " + key);
            }
            if (twice) {
                throw refusal("each key once, not %s twice".formatted(key));
            }
            if (!next(',')) {
                expect('}');
                break;
            }
        }
        if (!text.substring(at).isBlank()) {
            throw refusal("nothing behind the dictionary");
        }
        if (type == null || fortranOrder == null || shape == null) {
            throw refusal("the keys descr, fortran_order and shape");
        }
        return new NumpyHeader(type, fortranOrder, shape);
    }

    private String type() throws NumpyException {
        skipSpace();
        if (at < text.length() && text.charAt(at) == '[') {
            throw refusal("elements of one number or text, not of several fields");
        }
        return string();
    }

    private boolean truth() throws NumpyException {
        skipSpace();
        for (String word : List.of("True", "False")) {
            if (text.startsWith(word, at)) {
                at += word.length();
                return word.equals("True");
            }
        }
        throw refusal("True or False for fortran_order");
    }

    private List<Integer> shape() throws NumpyException {
        List<Integer> shape = new ArrayList<>();
        expect('(');
        while (!next(')')) {
            shape.add(extent());
            if (!next(',')) {
                expect(')');
                break;
            }
        }
        return shape;
    }

    private int extent() throws NumpyException {
        skipSpace();
        int start = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        try {
            return Integer.parseInt(text.substring(start, at));
        } catch (NumberFormatException e) {
            throw refusal("a shape of whole numbers below 2^31");
        }
    }

    /** A string literal without escapes. */
    private String string() throws NumpyException {
        skipSpace();
        if (at < text.length() && (text.charAt(at) == '\'' || text.charAt(at) == '"')) {
            int end = text.indexOf(text.charAt(at), at + 1);
            if (end > 0 && text.indexOf('\\', at) < 0) {
                String string = text.substring(at + 1, end);
                at = end + 1;
                return string;
            }
        }
        throw refusal("a quoted string");
    }

    private boolean next(char c) {
        skipSpace();
        boolean there = at < text.length() && text.charAt(at) == c;
        at += there ? 1 : 0;
        return there;
    }

    private void expect(char c) throws NumpyException {
        if (!next(c)) {
            throw refusal("a '%s'".formatted(c));
        }
    }

    private void skipSpace() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private NumpyException refusal(String expected) {
        return new NumpyException(
                "%s: the header of the array: expected %s, found %s (at character %d)"
                        .formatted(source, expected, text.strip(), at));
    }
}
