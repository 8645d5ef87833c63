package io.modelgate.git;

import io.modelgate.manifest.SourceFile;
import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Files to write and to delete.
 *
 * @param files path to new content, or to nothing for a deletion
 */
public record TreeEdit(SortedMap<String, Optional<SourceFile>> files) {
    public TreeEdit {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
        files.keySet().forEach(TreeEdit::requirePath);
    }

    /** Writes these files under their own paths. */
    public static TreeEdit of(Collection<SourceFile> files) {
        SortedMap<String, Optional<SourceFile>> byPath = new TreeMap<>();
        files.forEach(file -> byPath.put(file.path(), Optional.of(file)));
        return new TreeEdit(byPath);
    }

    private static void requirePath(String path) {
        for (String part : path.split("/", -1)) {
            if (part.isEmpty() || part.equals(".") || part.equals("..") || part.equalsIgnoreCase(".git")) {
                throw new IllegalArgumentException("'" + path + "' is not a path inside a repository");
            }
        }
    }
}
