package io.modelgate.store;

import io.modelgate.finding.Checked;
import io.modelgate.finding.RegistryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;

/** The files of a version on this machine, by the names that they have in the version. */
public final class FileTree {
    private final SortedMap<String, Path> files;

    FileTree(SortedMap<String, Path> files) {
        this.files = Collections.unmodifiableSortedMap(files);
    }

    /**
     * Finds the files that somebody named: a folder stands for the files below it, whose names are relative to it; a file
     * stands for itself. Links and special files are findings: what they stand for is not in the folder. So are names that
     * people cannot see or that are the same on some file systems.
     */
    public static Checked<FileTree> of(List<Path> given) {
        return new FileSearch().run(given);
    }

    /** Names, digests and sizes of all files below a folder (or of one file), in code-point order of their names. */
    public static Checked<List<FileDigest>> hash(Path root, Progress progress) {
        return of(List.of(root)).then(tree -> tree.hash(progress));
    }

    /** Whether a regular file is there and has this digest. */
    public static boolean is(Path path, FileDigest file, Progress progress) {
        try {
            return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
                    && Files.size(path) == file.size()
                    && HashingCopy.hash(path, progress).is(file);
        } catch (IOException e) {
            throw RegistryException.environment(
                    path + " cannot be read: " + DiskTrouble.reason(e) + ".", DiskTrouble.remedy(e), e);
        }
    }

    /** The files by name, in code-point order. */
    public SortedMap<String, Path> files() {
        return files;
    }

    /** Where the file of this name is; throws {@link IllegalArgumentException} when there is none. */
    public Path file(String name) {
        Path file = files.get(name);
        if (file == null) {
            throw new IllegalArgumentException("no file " + name + " was found");
        }
        return file;
    }

    /** Names, digests and sizes in code-point order of the names; a file that changes meanwhile is a finding. */
    public Checked<List<FileDigest>> hash(Progress progress) {
        return new HashingRun(progress).run(files);
    }
}
