package io.modelgate.store;

import io.modelgate.finding.RegistryException;
import io.modelgate.manifest.Digest;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A folder of this machine: {@code sha256/<first two digits>/<all digits>}. Bytes are written under a temporary name, hashed
 * on the way, made read-only and renamed, so that a name of an object never stands for anything but whole, verified bytes.
 */
public final class FileStore implements ArtifactStore {
    private static final String TEMPORARY = ".incoming-";

    private final String name;
    private final Path root;

    /** @param root the folder; made when the first object is put */
    public FileStore(String name, Path root) {
        this.name = name;
        this.root = root;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void put(FileDigest file, Path source, Progress progress) {
        if (verify(file) == Verification.OK) {
            progress.advanced(file.size());
            return;
        }
        try {
            Path object = object(file.digest());
            Path folder = object.resolveSibling("");
            Files.createDirectories(folder);
            removeAbandoned(folder);
            try (FileChannel in = HashingCopy.open(source)) {
                write(in, file, object, progress, true);
            }
        } catch (IOException e) {
            throw unusable("cannot be written", e);
        }
    }

    @Override
    public void get(FileDigest file, Path target, Progress progress) {
        Path object = object(file.digest());
        if (!Files.isRegularFile(object, LinkOption.NOFOLLOW_LINKS)) {
            throw RegistryException.notFound(
                    "Store " + name + " has no " + file.digest() + " (" + file.path() + ").",
                    "Upload it: 'modelgate push <model>@<version> <folder>'.");
        }
        try (FileChannel in = HashingCopy.open(object)) {
            Files.createDirectories(target.toAbsolutePath().resolveSibling(""));
            write(in, file, target, progress, false);
        } catch (IOException e) {
            throw RegistryException.environment(
                    file.path() + " cannot be copied from store " + name + ": " + reason(e),
                    "Check permissions and the free space of the disk.",
                    e);
        }
    }

    @Override
    public Verification verify(FileDigest file) {
        Path object = object(file.digest());
        try {
            if (!Files.isRegularFile(object, LinkOption.NOFOLLOW_LINKS)) {
                return Verification.MISSING;
            }
            if (Files.size(object) != file.size()) {
                return Verification.WRONG_SIZE;
            }
            Digest found = HashingCopy.hash(object, Progress.NONE).digest();
            return found.equals(file.digest()) ? Verification.OK : Verification.WRONG_DIGEST;
        } catch (IOException e) {
            throw unusable("cannot be read", e);
        }
    }

    private void write(FileChannel in, FileDigest file, Path target, Progress progress, boolean readOnly)
            throws IOException {
        Path folder = target.toAbsolutePath().resolveSibling("");
        Path temporary = Files.createTempFile(folder, TEMPORARY, "");
        try {
            HashingCopy.Result copied;
            try (FileChannel out = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                copied = HashingCopy.copy(in, Optional.of(out), file.size(), progress);
                out.force(true);
            }
            if (copied.size() != file.size() || !copied.digest().equals(file.digest())) {
                throw RegistryException.integrity(
                        file.path() + " is not what its digest says: expected " + file.digest() + " (" + file.size()
                                + " bytes), found " + copied.digest() + ".",
                        "The bytes were changed or cut. Do not use them; put the right ones: 'modelgate push'.");
            }
            permissions(temporary, readOnly);
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static void permissions(Path file, boolean readOnly) throws IOException {
        if (!Files.getFileStore(file).supportsFileAttributeView("posix")) {
            return;
        }
        Set<PosixFilePermission> readable =
                java.nio.file.attribute.PosixFilePermissions.fromString(readOnly ? "r--r--r--" : "rw-r--r--");
        Files.setPosixFilePermissions(file, readable);
    }

    /** Takes away what a process left that died while it wrote: temporary files older than a day. */
    private static void removeAbandoned(Path folder) throws IOException {
        Instant old = Instant.now().minus(1, ChronoUnit.DAYS);
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(each -> isTemporary(each)).toList()) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(old)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private static boolean isTemporary(Path file) {
        Path name = file.getFileName();
        return name != null && name.toString().startsWith(TEMPORARY);
    }

    private Path object(Digest digest) {
        return root.resolve("sha256").resolve(digest.hex().substring(0, 2)).resolve(digest.hex());
    }

    private RegistryException unusable(String how, IOException e) {
        return RegistryException.environment(
                "Store " + name + " (" + root + ") " + how + ": " + reason(e),
                "Check the folder's permissions and the free space of its disk.",
                e);
    }

    private static String reason(IOException e) {
        return e.getClass().getSimpleName() + (e.getMessage() == null ? "" : " " + e.getMessage());
    }
}
