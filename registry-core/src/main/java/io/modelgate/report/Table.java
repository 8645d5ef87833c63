package io.modelgate.report;

import io.modelgate.finding.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows of text in columns as wide as they need, without borders and without spaces at the end of a line. */
public final class Table {
    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();

    /** A table with these headings; none when there are none. */
    public Table(String... headings) {
        if (headings.length > 0) {
            rows.add(Arrays.stream(headings).toList());
        }
    }

    /** One more row; what is in it is made safe for a terminal. */
    public Table row(Object... cells) {
        rows.add(Arrays.stream(cells)
                .map(cell -> Text.printable(String.valueOf(cell)))
                .toList());
        return this;
    }

    /** The lines, each indented by so many spaces. */
    public List<String> lines(int indent) {
        int columns = rows.stream().mapToInt(List::size).max().orElse(0);
        int[] widths = new int[columns];
        rows.forEach(row -> {
            for (int i = 0; i < row.size(); i++) {
                widths[i] = Math.max(widths[i], width(row.get(i)));
            }
        });
        return rows.stream()
                .map(row -> (" ".repeat(indent) + line(row, widths)).stripTrailing())
                .toList();
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            line.append(row.get(i))
                    .append(" ".repeat(widths[i] - width(row.get(i))))
                    .append(GAP);
        }
        return line.toString();
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }
}
