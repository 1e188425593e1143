package hlstm.trainer.layers;

import java.util.ArrayList;
import java.util.List;

/** A weight that exists: its place in the matrix, and its position among the packed values. */
record Element(int row, int column, int position) {
    static List<Element> of(Parameter parameter) {
        List<Element> elements = new ArrayList<>();
        for (int row = 0; row < parameter.rows(); row++) {
            for (int column = 0; column < parameter.columns(); column++) {
                int position =
                        parameter.isSparse()
                                ? parameter.pattern().position(row, column)
                                : row * parameter.columns() + column;
                if (position >= 0) {
                    elements.add(new Element(row, column, position));
                }
            }
        }
        return elements;
    }
}
