package io.modelgate.finding;

/**
 * Where a finding is: a path inside the registry (or a file given by the user), and a line and column if known.
 *
 * @param path slash-separated path; empty when the finding is about no file
 * @param line 1-based line, or 0 when unknown
 * @param column 1-based column in code points, or 0 when unknown
 */
public record Place(String path, int line, int column) implements Comparable<Place> {
    /** About no file in particular. */
    public static final Place NOWHERE = new Place("", 0, 0);

    public Place {
        if (line < 0 || column < 0) {
            throw new IllegalArgumentException("line and column must not be negative");
        }
    }

    /** A whole file. */
    public static Place file(String path) {
        return new Place(path, 0, 0);
    }

    /** A position in a file; line and column are 1-based. */
    public static Place at(String path, int line, int column) {
        return new Place(path, line, column);
    }

    @Override
    public int compareTo(Place other) {
        int byPath = path.compareTo(other.path);
        int byLine = Integer.compare(line, other.line);
        return byPath != 0 ? byPath : byLine != 0 ? byLine : Integer.compare(column, other.column);
    }

    /** {@code path:line:column}, shortened where line or column are unknown; control characters are escaped. */
    @Override
    public String toString() {
        String shown = Text.printable(path);
        if (line == 0) {
            return shown;
        }
        return column == 0 ? shown + ":" + line : shown + ":" + line + ":" + column;
    }
}
