package io.modelgate.store;

import io.modelgate.finding.RegistryException;
import io.modelgate.manifest.ModelName;
import io.modelgate.manifest.VersionId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** A store on another machine. What its kind of server can do is in {@link RemoteObjects}; everything else is here. */
public final class RemoteStore implements ArtifactStore {
    private static final int MOST_AT_ONCE = 16;
    private static final long SMALL = 256 << 10;

    private final String name;
    private final String address;
    private final RemoteObjects objects;
    private final Pace pace;

    /**
     * @param address where it is, for messages; without a secret
     * @param least how slowly it may give bytes; how slowly it may take them its kind knows
     */
    public RemoteStore(String name, String address, RemoteObjects objects, LeastRate least) {
        this(name, address, objects, new Pace(least));
    }

    private RemoteStore(String name, String address, RemoteObjects objects, Pace pace) {
        this.name = name;
        this.address = address;
        this.objects = objects;
        this.pace = pace;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void put(FileDigest file, Path source, Progress progress) {
        attempt("cannot take " + file.path(), () -> {
            if (isNewAndSmall(file, source, progress)) {
                return;
            }
            OptionalLong there = objects.size(file);
            FileProgress attempt = new FileProgress(progress);
            boolean right =
                    there.isPresent() && there.getAsLong() == file.size() && verify(file, attempt) == Verification.OK;
            if (right && objects.renew(file)) {
                return;
            }
            if (!right) {
                attempt.takeBack();
            }
            try (AnnouncedBytes bytes = new AnnouncedBytes(file, source, right ? Progress.NONE : progress)) {
                objects.write(file, bytes, there.isPresent());
            } catch (IOException | RegistryException e) {
                if (!somebodyWasFaster(file, e)) {
                    throw e;
                }
            }
        });
    }

    /** Whoever put the same bytes at the same time may have ended what we were sending; the trouble before matters more than any now. */
    private boolean somebodyWasFaster(FileDigest file, Exception trouble) {
        if (trouble instanceof RegistryException told && told.kind() != RegistryException.Kind.ENVIRONMENT) {
            return false;
        }
        try {
            return verify(file, Progress.NONE) == Verification.OK;
        } catch (RegistryException e) {
            return false;
        }
    }

    /** Whether it was put in one request; what is there already was then sent for nothing, so it must be small. */
    private boolean isNewAndSmall(FileDigest file, Path source, Progress progress) throws IOException {
        if (file.size() > SMALL) {
            return false;
        }
        try (AnnouncedBytes bytes = new AnnouncedBytes(file, source, progress)) {
            return objects.writeNew(file, bytes);
        }
    }

    @Override
    public void get(FileDigest file, Path target, Progress progress) {
        attempt("cannot give " + file.path() + " to " + target, () -> {
            Path folder = target.toAbsolutePath().resolveSibling("");
            Files.createDirectories(folder);
            try {
                if (!fetch(file, folder, target, progress)) {
                    throw wrong(file);
                }
            } catch (MissingObjectException e) {
                throw missing(file);
            } catch (ObjectStream.WrongSizeException e) {
                throw wrong(file);
            }
        });
    }

    private boolean fetch(FileDigest file, Path folder, Path target, Progress progress) throws IOException {
        if (file.size() >= Download.LEAST && objects.hasRanges(file)) {
            return new Download(objects, pace, file, progress).into(folder, target);
        }
        try (ObjectStream in = ObjectStream.whole(objects, pace, file);
                NewFile copy = NewFile.in(folder)) {
            if (!HashingCopy.copy(in, Optional.of(copy.channel()), file.size(), progress)
                    .is(file)) {
                return false;
            }
            copy.becomes(target);
            return true;
        }
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
        try (ObjectStream in = ObjectStream.whole(objects, pace, file)) {
            HashingCopy.Result result = HashingCopy.copy(in, copy, file.size(), progress);
            if (result.is(file)) {
                return Verification.OK;
            }
            return result.size() == file.size() ? Verification.WRONG_DIGEST : Verification.WRONG_SIZE;
        } catch (MissingObjectException e) {
            return Verification.MISSING;
        } catch (ObjectStream.WrongSizeException e) {
            return Verification.WRONG_SIZE;
        } catch (IOException e) {
            throw trouble("cannot read " + file.path(), e);
        }
    }

    @Override
    public SeekableByteChannel open(FileDigest file) {
        try {
            OptionalLong size = pace.answer(() -> objects.size(file));
            if (size.isEmpty()) {
                throw missing(file);
            }
            if (size.getAsLong() != file.size()) {
                throw wrong(file); // Each block of a file that is cut off would be right.
            }
            return new VerifiedChannel(file, () -> verifyToOpen(file), new Looking(file));
        } catch (IOException e) {
            throw trouble("cannot read " + file.path(), e);
        }
    }

    /** Looks into a file. */
    private final class Looking implements VerifiedChannel.Source {
        private final FileDigest file;

        Looking(FileDigest file) {
            this.file = file;
        }

        @Override
        public void read(ByteBuffer target, long from) throws IOException {
            try (ObjectStream in = new ObjectStream(objects, pace, file, from, target.remaining())) {
                while (target.hasRemaining()) {
                    if (in.read(target) < 0) {
                        throw new IOException("the object ends before its size");
                    }
                }
            }
        }

        @Override
        public RegistryException wrong() {
            return RemoteStore.this.wrong(file);
        }
    }

    @Override
    public ArtifactStore of(ModelName model) {
        RemoteObjects part = objects.of(model);
        return part == objects ? this : new RemoteStore(name, address, part, pace);
    }

    @Override
    public void complete(VersionId version, List<FileDigest> files) {
        attempt("cannot note that " + version + " is there", () -> objects.complete(version, files));
    }

    @Override
    public void attach(VersionId version, List<FileDigest> files, Attachment attachment) {
        attempt(
                "cannot keep " + attachment.name() + " beside " + version,
                () -> objects.attach(version, files, attachment));
    }

    @Override
    public boolean list(Consumer<StoredObject> each) {
        try {
            return objects.list(each);
        } catch (IOException e) {
            throw trouble("cannot say what it has", e);
        }
    }

    @Override
    public Optional<String> removedByHand() {
        return objects.removedByHand();
    }

    /** Some servers tell parts of a second in one place and none in another. */
    @Override
    public boolean remove(StoredObject seen) {
        try {
            Optional<Instant> now = objects.modified(seen.digest());
            if (now.map(RemoteStore::seconds)
                    .filter(seconds(seen.modified())::isBefore)
                    .isPresent()) {
                return false;
            }
            objects.remove(seen.digest());
            return true;
        } catch (IOException e) {
            throw trouble("cannot take " + seen.digest() + " away", e);
        }
    }

    private static Instant seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS);
    }

    @Override
    public int atOnce() {
        return MOST_AT_ONCE;
    }

    private interface Work {
        void run() throws IOException;
    }

    private void attempt(String what, Work work) {
        try {
            work.run();
        } catch (IOException e) {
            throw trouble(what, e);
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
                "Store " + name + " (" + address + ") " + what + ": " + DiskTrouble.words(e) + ".", remedy(e), e);
    }

    private static String remedy(IOException e) {
        if (e instanceof GivenUpException given) {
            return given.remedy();
        }
        return e instanceof FileSystemException || DiskTrouble.isFull(e)
                ? DiskTrouble.remedy(e)
                : "Run the command again; if it stays so, look at the network and at the store.";
    }
}
