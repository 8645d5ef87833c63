package io.modelgate.store;

import io.modelgate.finding.RegistryException;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** A folder that receives files of a version, and nothing outside of it. */
record CheckoutFolder(Path root) {
    private static final int MOST_LISTED = 1_000;

    /** Where a file belongs. A link on the way there would lead out of the folder, so it is an error. */
    Path place(FileDigest file) {
        Path place = resolve(file);
        Path above = root;
        for (Path name : root.relativize(place.resolveSibling(""))) {
            above = above.resolve(name);
            if (Files.exists(above, LinkOption.NOFOLLOW_LINKS) && !isFolder(above)) {
                throw inTheWay(above, "a folder must be there for " + file.path());
            }
        }
        if (isFolder(place)) {
            throw inTheWay(place, "it is a folder, where the file " + file.path() + " must be");
        }
        return place;
    }

    /** How many bytes the file has that is there; none when there is none. */
    long size(FileDigest file) {
        return resolve(file).toFile().length();
    }

    /** How many bytes of it an earlier run left that was killed. */
    long partial(FileDigest file) {
        return PartialFile.bytesIn(resolve(file).resolveSibling(""), file);
    }

    /** Whether the file is there already, every byte of it. */
    boolean has(FileDigest file, Progress progress) {
        return FileTree.is(place(file), file, progress);
    }

    /** What else is in the folder, by name; at most 1,000 of it. */
    SortedMap<String, Path> others(Collection<String> names) throws IOException {
        Set<Path> known = new HashSet<>();
        names.forEach(name -> known.add(root.resolve(name)));
        SortedMap<String, Path> others = new TreeMap<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (!known.contains(file)) {
                    others.put(root.relativize(file).toString().replace('\\', '/'), file);
                }
                return others.size() < MOST_LISTED ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                return FileVisitResult.CONTINUE;
            }
        });
        return others;
    }

    /** The same without what other runs are writing; what a run left that died is taken away. */
    SortedMap<String, Path> foreign(Collection<String> names) throws IOException {
        SortedMap<String, Path> others = others(names);
        for (Path file : others.values()) {
            NewFile.removeIfAbandoned(file);
        }
        others.values().removeIf(NewFile::isTemporary);
        return others;
    }

    private Path resolve(FileDigest file) {
        try {
            Path place = root.resolve(file.path()).normalize();
            if (place.startsWith(root) && !place.equals(root)) {
                return place;
            }
        } catch (InvalidPathException e) {
            throw RegistryException.environment(
                    file.path() + " is no name of a file here: " + e.getReason() + ".",
                    "Set LC_ALL=C.UTF-8 if it has letters beyond ASCII; otherwise use another file system.",
                    e);
        }
        throw RegistryException.integrity(file.path() + " leads out of " + root + ".", "Do not use this version.");
    }

    private static boolean isFolder(Path path) {
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    }

    private static RegistryException inTheWay(Path path, String why) {
        return RegistryException.conflict(path + " is in the way: " + why + ".", "Remove it, or name another folder.");
    }
}
