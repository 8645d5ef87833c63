package io.modelgate.store;

import io.modelgate.manifest.Digest;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A folder that is filled under a temporary name, beside the place that it will have. */
final class PartialFolder implements AutoCloseable {
    private final CheckoutFolder folder;
    private final boolean resumable;
    private final Path lockFile;
    private final Optional<FileChannel> lock;

    private PartialFolder(Path path, boolean resumable, Path lockFile, Optional<FileChannel> lock) {
        this.folder = new CheckoutFolder(path);
        this.resumable = resumable;
        this.lockFile = lockFile;
        this.lock = lock;
    }

    /**
     * Goes on with what an earlier run for the same contents left. When such a run is still alive, or what is there is not
     * ours, begins a folder that nobody else has.
     */
    static PartialFolder beside(Path target, Digest contents) throws IOException {
        Path around = target.resolveSibling("");
        Files.createDirectories(around);
        String prefix = "." + target.getFileName() + ".partial-";
        removeAbandoned(around, prefix);
        Path shared = around.resolve(prefix + contents.abbreviated());
        Path lockFile = around.resolve(prefix + contents.abbreviated() + ".lock");
        Optional<FileChannel> lock = lock(lockFile);
        if (lock.isPresent() && isOurs(shared)) {
            return new PartialFolder(shared, true, lockFile, lock);
        }
        Path own = Files.createDirectory(around.resolve(prefix + UUID.randomUUID()));
        return new PartialFolder(own, false, lockFile, lock);
    }

    CheckoutFolder folder() {
        return folder;
    }

    /** Gives the folder its name, after taking away all files but these; false when something else has the name by now. */
    boolean becomes(Path target, Collection<String> names) throws IOException {
        for (Path other : folder.others(names).values()) {
            Files.deleteIfExists(other);
        }
        try {
            Files.move(folder.root(), target, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (IOException e) {
            if (Files.exists(target)) {
                remove(folder.root());
                return false;
            }
            throw e;
        }
    }

    /** Keeps what came for a later run, unless nothing came or no later run could find it. */
    @Override
    public void close() throws IOException {
        if (Files.exists(folder.root())
                && (!resumable || folder.others(Set.of()).isEmpty())) {
            remove(folder.root());
        }
        if (lock.isPresent()) {
            Files.deleteIfExists(lockFile);
            lock.get().close();
        }
    }

    /** The system gives the lock back when the process dies. */
    private static Optional<FileChannel> lock(Path file) throws IOException {
        FileChannel channel = FileChannel.open(
                file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
        try {
            if (channel.tryLock() != null) {
                return Optional.of(channel);
            }
        } catch (OverlappingFileLockException e) {
            // Another thread of this process has it.
        } catch (IOException e) {
            // A file system without locks.
        }
        channel.close();
        return Optional.empty();
    }

    /** Where everybody may write, somebody else could have made the folder, to change the files afterwards. */
    private static boolean isOurs(Path path) throws IOException {
        try {
            Files.createDirectory(path);
            return true;
        } catch (FileAlreadyExistsException e) {
            try (NewFile probe = NewFile.in(path.resolveSibling(""))) {
                return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)
                        && Files.getOwner(path, LinkOption.NOFOLLOW_LINKS).equals(probe.owner());
            }
        }
    }

    /** Takes away what runs left behind that died for good: nothing came into it for a week. */
    private static void removeAbandoned(Path around, String prefix) throws IOException {
        Instant old = Instant.now().minus(7, ChronoUnit.DAYS);
        try (DirectoryStream<Path> candidates = Files.newDirectoryStream(
                around, path -> String.valueOf(path.getFileName()).startsWith(prefix))) {
            for (Path path : candidates) {
                if (Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS)
                        .toInstant()
                        .isBefore(old)) {
                    remove(path);
                }
            }
        }
    }

    private static void remove(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
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
