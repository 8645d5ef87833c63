package io.modelgate.store;

import java.util.List;

/** Puts the files of a version into a store, several at once. */
public final class Upload {
    private Upload() {}

    /**
     * Makes the store hold these files; what it has already is read again and kept. Run it again after any failure.
     *
     * @param files what {@link FileTree#hash} said of the tree, or a part of it
     */
    public static void run(FileTree tree, List<FileDigest> files, ArtifactStore store, Progress progress) {
        progress.started(files.stream().mapToLong(FileDigest::size).sum());
        try {
            Workers.each(files, file -> store.put(file, tree.file(file.path()), progress));
        } finally {
            progress.finished();
        }
    }
}
