package io.modelgate.store;

import io.modelgate.manifest.Digest;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Files by their digests, of a store or a cache: {@code sha256/<first two digits>/<all digits>}. Nothing is believed of them, and no link is followed. */
record DigestFolder(Path root) {
    /** Where an entry is or would be; trouble when a link is on the way. */
    Path entry(Digest digest) throws IOException {
        String digits = digest.hex();
        Path all = root.resolve("sha256");
        Path folder = all.resolve(digits.substring(0, 2));
        for (Path each : List.of(all, folder)) {
            if (Files.isSymbolicLink(each)) {
                throw new FileSystemException(each.toString(), null, "a link is where a folder must be");
            }
        }
        return folder.resolve(digits);
    }

    /** The same with the folders that it lies in. */
    Path roomFor(Digest digest) throws IOException {
        Path entry = entry(digest);
        make();
        Files.createDirectories(entry.resolveSibling(""));
        return entry;
    }

    /** Makes the folder, which nobody else may look into. */
    void make() throws IOException {
        if (!Files.isDirectory(root)) {
            Path above = root.toAbsolutePath().resolveSibling("");
            Files.createDirectories(above);
            if (above.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.createDirectories(
                        root, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            } else {
                Files.createDirectories(root);
            }
        }
    }

    /** Whether something is there that could be the file. */
    boolean has(FileDigest file) {
        try {
            Path entry = entry(file.digest());
            return Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS) && Files.size(entry) == file.size();
        } catch (IOException e) {
            return false;
        }
    }

    /** Takes away whatever has the name of an entry; what cannot be taken away stays. */
    void discard(Digest digest) {
        try {
            removeTree(entry(digest));
        } catch (IOException e) {
            // It is noticed again the next time.
        }
    }

    /** Notes that an entry was used just now. */
    void touch(Digest digest) {
        try {
            Files.setLastModifiedTime(entry(digest), FileTime.from(Instant.now()));
        } catch (IOException e) {
            // A cache that cannot be written to: nobody prunes it either.
        }
    }

    /** All entries, in no order. */
    List<CachedObject> entries() throws IOException {
        List<CachedObject> entries = new ArrayList<>();
        each(entries::add);
        return entries;
    }

    /** The same one after the other; of names, only those of one folder are in memory. */
    void each(Consumer<CachedObject> entry) throws IOException {
        for (Path folder : folders()) {
            for (Path path : named(folder)) {
                try {
                    BasicFileAttributes attributes = FileSearch.attributes(path);
                    Optional<Digest> digest = digest(String.valueOf(path.getFileName()));
                    if (attributes.isRegularFile() && digest.isPresent()) {
                        entry.accept(new CachedObject(
                                digest.get(),
                                attributes.size(),
                                attributes.lastModifiedTime().toInstant()));
                    }
                } catch (NoSuchFileException e) {
                    // Another process took it away.
                }
            }
        }
    }

    /** What has the name of an entry and is no file, such as a link; and links where folders must be. */
    List<Path> strange() throws IOException {
        List<Path> strange = new ArrayList<>();
        List<Path> named = new ArrayList<>();
        for (Path folder : folders()) {
            named.addAll(named(folder));
        }
        for (Path path : named) {
            if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
                    && Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                strange.add(path);
            }
        }
        for (Path folder : children(root.resolve("sha256"))) {
            if (Files.isSymbolicLink(folder)) {
                strange.add(folder);
            }
        }
        return strange;
    }

    /** Takes away what processes left that died while they wrote. */
    void removeAbandoned() throws IOException {
        for (Path folder : folders()) {
            NewFile.removeAbandoned(folder);
        }
    }

    private static List<Path> named(Path folder) throws IOException {
        List<Path> named = new ArrayList<>();
        String digits = String.valueOf(folder.getFileName());
        for (Path path : children(folder)) {
            String name = String.valueOf(path.getFileName());
            if (digest(name).isPresent() && name.startsWith(digits)) {
                named.add(path);
            }
        }
        return named;
    }

    private List<Path> folders() throws IOException {
        List<Path> folders = new ArrayList<>(children(root.resolve("sha256")));
        folders.removeIf(folder -> !Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS));
        return folders;
    }

    private static List<Path> children(Path folder) throws IOException {
        List<Path> children = new ArrayList<>();
        if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
                all.forEach(children::add);
            } catch (NoSuchFileException e) {
                // Another process took it away.
            }
        }
        return children;
    }

    static Optional<Digest> digest(String digits) {
        return digits.matches("[0-9a-f]{64}") ? Optional.of(new Digest(digits)) : Optional.empty();
    }

    /** Whether this user made a file, and nobody else may write to it. */
    static boolean isOursAlone(Path file) throws IOException {
        try (NewFile probe = NewFile.in(file.resolveSibling(""))) {
            return Files.getOwner(file, LinkOption.NOFOLLOW_LINKS).equals(probe.owner())
                    && !NewFile.isWritableByOthers(file);
        }
    }

    /** Opens an entry to read it; trouble when it is no file. */
    FileChannel open(Path entry) throws IOException {
        if (!Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileSystemException(entry.toString(), null, "it is no file");
        }
        return HashingCopy.open(entry);
    }

    static void removeTree(Path top) throws IOException {
        if (!Files.exists(top, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(top, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path each, @Nullable IOException e) throws IOException {
                Files.deleteIfExists(each);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
