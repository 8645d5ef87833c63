package io.modelgate.store;

import io.modelgate.finding.RegistryException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * A folder of this machine: {@code sha256/<first two digits>/<all digits>}. Bytes are written under a temporary name in
 * {@code incoming/}, hashed on the way, made read-only and renamed, so that the name of an object never stands for anything
 * but whole, verified bytes.
 */
public final class FileStore implements ArtifactStore {
    private final String name;
    private final Path root;

    /** @param root the folder; made when the first object is put, but not the folder around it, which may be a disk not there */
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
        try {
            makeFolder(root);
            FileProgress attempt = new FileProgress(progress);
            if (verify(file, attempt) != Verification.OK || !touch(file)) {
                attempt.takeBack();
                write(file, source, progress);
            }
        } catch (IOException e) {
            throw trouble("cannot take " + file.path() + " (" + source + ")", e);
        }
    }

    @Override
    public void get(FileDigest file, Path target, Progress progress) {
        try {
            switch (compareSize(file)) {
                case MISSING -> throw missing(file);
                case WRONG_SIZE -> throw wrong(file);
                default -> read(file, target, progress);
            }
        } catch (IOException e) {
            throw trouble("cannot give " + file.path() + " to " + target, e);
        }
    }

    @Override
    public Optional<ArtifactStore> here() {
        return Optional.of(this);
    }

    @Override
    public boolean isHere() {
        return true;
    }

    @Override
    public Verification verify(FileDigest file, Progress progress) {
        return verify(file, Optional.empty(), progress);
    }

    @Override
    public Verification verifyToOpen(FileDigest file) {
        return VerifiedBlocks.learn(file, sums -> verify(file, Optional.of(sums), Progress.NONE));
    }

    private Verification verify(FileDigest file, Optional<WritableByteChannel> copy, Progress progress) {
        try {
            Verification size = compareSize(file);
            if (size != Verification.OK) {
                return size;
            }
            try (FileChannel in = HashingCopy.open(object(file))) {
                return HashingCopy.copy(in, copy, file.size(), progress).is(file)
                        ? Verification.OK
                        : Verification.WRONG_DIGEST;
            }
        } catch (IOException e) {
            throw trouble("cannot read " + file.path(), e);
        }
    }

    @Override
    public SeekableByteChannel open(FileDigest file) {
        try {
            switch (compareSize(file)) {
                case MISSING -> throw missing(file);
                case WRONG_SIZE -> throw wrong(file); // Each block of a file that is cut off would be right.
                default -> {
                    return new VerifiedChannel(
                            file, () -> verifyToOpen(file), new Looking(file, HashingCopy.open(object(file))));
                }
            }
        } catch (IOException e) {
            throw trouble("cannot read " + file.path(), e);
        }
    }

    /** Looks into a file, which somebody who may write to the folder could exchange or change after it was verified. */
    private final class Looking implements VerifiedChannel.Source {
        private final FileDigest file;
        private final FileChannel bytes;

        Looking(FileDigest file, FileChannel bytes) {
            this.file = file;
            this.bytes = bytes;
        }

        @Override
        public void read(ByteBuffer target, long from) throws IOException {
            long start = from - target.position();
            while (target.hasRemaining()) {
                if (bytes.read(target, start + target.position()) < 0) {
                    throw FileStore.this.wrong(file);
                }
            }
        }

        @Override
        public RegistryException wrong() {
            return FileStore.this.wrong(file);
        }

        @Override
        public void close() throws IOException {
            bytes.close();
        }
    }

    /** Whoever takes away what nobody wants leaves alone what somebody wanted just now; false when it is gone already. */
    private boolean touch(FileDigest file) throws IOException {
        try {
            Files.setLastModifiedTime(object(file), FileTime.from(Instant.now()));
            return true;
        } catch (NoSuchFileException e) {
            return false;
        } catch (FileSystemException e) {
            return true; // Somebody else put it there, and only they may say so.
        }
    }

    /** What has the name of an object; what is being written has none yet. */
    @Override
    public boolean list(Consumer<StoredObject> each) {
        try {
            if (!Files.isDirectory(root)) {
                throw new NoSuchFileException(root.toString());
            }
            new DigestFolder(root)
                    .each(object -> each.accept(new StoredObject(object.digest(), object.size(), object.used())));
            return true;
        } catch (IOException e) {
            throw trouble("cannot say what it has", e);
        }
    }

    /**
     * It first loses its name: whoever puts it again from then on finds it gone and writes it, and whoever did so before is noticed
     * by its date.
     */
    @Override
    public boolean remove(StoredObject seen) {
        try {
            Path object = new DigestFolder(root).entry(seen.digest());
            Path aside = root.resolve("incoming").resolve(NewFile.PREFIX + UUID.randomUUID());
            requireNoLink(aside.resolveSibling(""));
            makeFolder(aside.resolveSibling(""));
            Files.move(object, aside, StandardCopyOption.ATOMIC_MOVE);
            if (Files.getLastModifiedTime(aside, LinkOption.NOFOLLOW_LINKS)
                    .toInstant()
                    .isAfter(seen.modified())) {
                Files.move(aside, object, StandardCopyOption.ATOMIC_MOVE);
                return false;
            }
            Files.delete(aside);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw trouble("cannot take " + seen.digest() + " away", e);
        }
    }

    private void write(FileDigest file, Path source, Progress progress) throws IOException {
        Path incoming = root.resolve("incoming");
        requireNoLink(incoming);
        makeFolder(incoming);
        NewFile.removeAbandoned(incoming);
        Path object = object(file);
        makeFolder(root.resolve("sha256"));
        makeFolder(object.resolveSibling(""));
        try (FileChannel in = HashingCopy.open(source);
                NewFile copy = NewFile.in(incoming)) {
            if (!HashingCopy.copy(in, Optional.of(copy.channel()), file.size(), progress)
                    .is(file)) {
                throw RegistryException.integrity(
                        file.path() + " (" + source + ") is not the file with " + file.size() + " bytes and digest "
                                + file.digest() + " that was announced.",
                        "It changed meanwhile, or it is another file: run the whole command again.");
            }
            copy.protect();
            copy.force();
            copy.becomes(object);
        }
    }

    private void read(FileDigest file, Path target, Progress progress) throws IOException {
        Path folder = target.toAbsolutePath().resolveSibling("");
        Files.createDirectories(folder);
        try (FileChannel in = HashingCopy.open(object(file));
                NewFile copy = NewFile.in(folder)) {
            if (!HashingCopy.copy(in, Optional.of(copy.channel()), file.size(), progress)
                    .is(file)) {
                throw wrong(file);
            }
            copy.becomes(target);
        }
    }

    /** OK says nothing about the bytes yet. Anything but a regular file is as good as nothing. */
    private Verification compareSize(FileDigest file) throws IOException {
        if (!Files.isDirectory(root)) {
            throw new NoSuchFileException(root.toString());
        }
        Path object = object(file);
        if (!Files.isRegularFile(object, LinkOption.NOFOLLOW_LINKS)) {
            return Verification.MISSING;
        }
        return Files.size(object) == file.size() ? Verification.OK : Verification.WRONG_SIZE;
    }

    /** Where the object is or would be. A link on the way would lead out of the store, so it is an error. */
    private Path object(FileDigest file) throws IOException {
        return new DigestFolder(root).entry(file.digest());
    }

    private static Path makeFolder(Path folder) throws IOException {
        try {
            Files.createDirectory(folder);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(folder)) {
                throw e;
            }
        }
        return folder;
    }

    private static void requireNoLink(Path folder) throws IOException {
        if (Files.isSymbolicLink(folder)) {
            throw new FileSystemException(folder.toString(), null, "a link is where a folder must be");
        }
    }

    private RegistryException missing(FileDigest file) {
        return RegistryException.notFound(
                "Store " + name + " has no " + file.path() + " (" + file.digest() + ").",
                "Put it there: 'modelgate push <model>@<version> <folder>'.");
    }

    private RegistryException wrong(FileDigest file) {
        return RegistryException.integrity(
                "Store " + name + " has other bytes for " + file.path() + " than the manifest says, which is "
                        + file.digest() + " with " + file.size() + " bytes.",
                "Nothing of it was kept. Put the right bytes there: 'modelgate push <model>@<version> <folder>'.");
    }

    private RegistryException trouble(String what, IOException e) {
        return RegistryException.environment(
                "Store " + name + " (" + root + ") " + what + ": " + DiskTrouble.words(e) + ".",
                DiskTrouble.remedy(e),
                e);
    }
}
