package io.modelgate.git;

import java.io.File;
import java.util.ArrayList;
import java.util.List;

/** Reads a list of object folders as Git writes it to the environment: separated, and quoted where a name needs it. */
final class Alternates {
    private static final char SEPARATOR = File.pathSeparatorChar;

    private Alternates() {}

    static List<String> paths(String list) {
        List<String> paths = new ArrayList<>();
        int position = 0;
        while (position < list.length()) {
            StringBuilder path = new StringBuilder();
            position = list.charAt(position) == '"' ? quoted(list, position + 1, path) : plain(list, position, path);
            if (!path.isEmpty()) {
                paths.add(path.toString());
            }
            position++;
        }
        return paths;
    }

    private static int plain(String list, int start, StringBuilder path) {
        int end = list.indexOf(SEPARATOR, start);
        int stop = end < 0 ? list.length() : end;
        path.append(list, start, stop);
        return stop;
    }

    private static int quoted(String list, int start, StringBuilder path) {
        int position = start;
        while (position < list.length() && list.charAt(position) != '"') {
            if (list.charAt(position) == '\\' && position + 1 < list.length()) {
                position++;
            }
            path.append(list.charAt(position++));
        }
        return position + 1;
    }
}
