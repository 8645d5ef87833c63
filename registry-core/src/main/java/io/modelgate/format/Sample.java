package io.modelgate.format;

import java.util.Locale;

/**
 * A file to be examined.
 *
 * @param path its name: only for what the bytes leave open
 * @param depth how many archives it lies in
 */
record Sample(Bytes bytes, String path, Limits limits, int depth) {
    /** A file that is packed in this one. */
    Sample inside(Bytes content, String name) {
        return new Sample(content, name, limits, depth + 1);
    }

    String fileName() {
        return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    }

    /** Whether its name ends so, in upper or lower case. */
    boolean named(String... endings) {
        String name = fileName().toLowerCase(Locale.ROOT);
        for (String ending : endings) {
            if (name.endsWith(ending)) {
                return true;
            }
        }
        return false;
    }
}
