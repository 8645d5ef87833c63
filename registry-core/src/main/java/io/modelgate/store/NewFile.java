package io.modelgate.store;

import io.modelgate.manifest.Artifact;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** A file that has a temporary name until it is whole, and is gone when it never became so. */
final class NewFile implements AutoCloseable {
    static final String PREFIX = Artifact.TEMPORARY;
    private static final Set<PosixFilePermission> WRITING = EnumSet.of(
            PosixFilePermission.OWNER_WRITE, PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    private final Path path;
    private final FileChannel channel;

    private NewFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /** Begins a file in a folder that is there and on the same file system as the place it will have. */
    static NewFile in(Path folder) throws IOException {
        Path path = folder.resolve(PREFIX + UUID.randomUUID());
        return new NewFile(path, FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
    }

    static boolean isTemporary(Path file) {
        Path name = file.getFileName();
        return name != null && name.toString().startsWith(PREFIX);
    }

    /** Takes away what processes left in a folder that died while they wrote. */
    static void removeAbandoned(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.toList();
        }
        for (Path file : files) {
            removeIfAbandoned(file);
        }
    }

    /** Takes the file away if its name is temporary and nobody has written to it for a day. */
    static void removeIfAbandoned(Path file) throws IOException {
        Instant old = Instant.now().minus(1, ChronoUnit.DAYS);
        try {
            if (isTemporary(file)
                    && Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS)
                            .toInstant()
                            .isBefore(old)) {
                Files.deleteIfExists(file);
            }
        } catch (NoSuchFileException e) {
            // Another process was faster.
        }
    }

    FileChannel channel() {
        return channel;
    }

    UserPrincipal owner() throws IOException {
        return Files.getOwner(path, LinkOption.NOFOLLOW_LINKS);
    }

    /** Keeps anybody, its owner too, from writing into it by mistake. */
    void protect() throws IOException {
        protect(path);
    }

    static void protect(Path path) throws IOException {
        PosixFileAttributeView view =
                Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (view != null) {
            Set<PosixFilePermission> permissions =
                    EnumSet.copyOf(view.readAttributes().permissions());
            permissions.removeAll(WRITING);
            view.setPermissions(permissions);
        }
    }

    /** Whether somebody but its owner may write into a file. */
    static boolean isWritableByOthers(Path path) throws IOException {
        PosixFileAttributeView view =
                Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (view == null) {
            return false;
        }
        Set<PosixFilePermission> permissions = view.readAttributes().permissions();
        return permissions.contains(PosixFilePermission.GROUP_WRITE)
                || permissions.contains(PosixFilePermission.OTHERS_WRITE);
    }

    /** Waits until the disk has the bytes. */
    void force() throws IOException {
        channel.force(true);
    }

    /** Gives it its name; what had that name is replaced. */
    void becomes(Path target) throws IOException {
        channel.close();
        Files.move(path, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(path);
    }
}
