package io.modelgate.store;

import io.modelgate.manifest.Digest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Stores on another machine that is played: {@code played:/folder} has its objects in a folder, also for other processes, and
 * remembers who was asked. {@code played:gone} cannot be reached.
 */
public final class PlayedStoreKind implements StoreKind {
    /** A file of this name in the folder keeps everybody from a list of it. */
    public static final String UNLISTED = "unlisted";

    private static final Map<String, AtomicInteger> ASKED = new ConcurrentHashMap<>();

    /** How often the store of an address was asked for anything. */
    public static int asked(String address) {
        return ASKED.computeIfAbsent(address, url -> new AtomicInteger()).get();
    }

    @Override
    public Set<String> schemes() {
        return Set.of("played");
    }

    @Override
    public ArtifactStore open(Site site) {
        String url = site.location().url();
        return new RemoteStore(site.name(), url, new Served(url), LeastRate.USUAL);
    }

    private record Served(String url) implements RemoteObjects {
        private Path folder() throws IOException {
            ASKED.computeIfAbsent(url, each -> new AtomicInteger()).incrementAndGet();
            if (url.equals("played:gone")) {
                throw new IOException("connection refused");
            }
            return Path.of(url.substring("played:".length()));
        }

        private Path object(FileDigest file) throws IOException {
            return folder().resolve(file.digest().hex());
        }

        @Override
        public OptionalLong size(FileDigest file) throws IOException {
            Path object = object(file);
            return Files.exists(object) ? OptionalLong.of(Files.size(object)) : OptionalLong.empty();
        }

        @Override
        public Piece read(FileDigest file, long from, long length) throws IOException {
            Path object = object(file);
            if (!Files.exists(object)) {
                throw new MissingObjectException(file);
            }
            long size = Files.size(object);
            long end = from == 0 && length == file.size() ? size : Math.min(size, from + length);
            FileChannel channel = FileChannel.open(object).position(from);
            long[] left = {end - from};
            InputStream stream = new FilterInputStream(Channels.newInputStream(channel)) {
                @Override
                public int read(byte[] target, int offset, int length) throws IOException {
                    if (left[0] == 0) {
                        return -1;
                    }
                    int read = super.read(target, offset, (int) Math.min(length, left[0]));
                    left[0] -= Math.max(0, read);
                    return read;
                }
            };
            return new Piece(stream, OptionalLong.of(size));
        }

        @Override
        public void write(FileDigest file, AnnouncedBytes bytes, boolean replace) throws IOException {
            Path object = object(file);
            Files.createDirectories(folder());
            Path partial = Files.createTempFile(folder(), "new", "");
            for (byte[] next = bytes.next(1 << 16); next.length > 0; next = bytes.next(1 << 16)) {
                Files.write(partial, next, StandardOpenOption.APPEND);
                bytes.taken(next.length);
            }
            try {
                bytes.requireRight();
                Files.move(partial, object, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(partial);
            }
        }

        @Override
        public boolean list(Consumer<StoredObject> each) throws IOException {
            Path folder = folder();
            if (Files.exists(folder.resolve(UNLISTED))) {
                throw new IOException("this login may not list");
            }
            if (!Files.isDirectory(folder)) {
                return true;
            }
            try (Stream<Path> all = Files.list(folder)) {
                for (Path object : all.filter(
                                path -> path.getFileName().toString().length() == 64)
                        .toList()) {
                    each.accept(new StoredObject(
                            new Digest(object.getFileName().toString()),
                            Files.size(object),
                            Files.getLastModifiedTime(object).toInstant()));
                }
            }
            return true;
        }

        @Override
        public Optional<Instant> modified(Digest digest) throws IOException {
            Path object = folder().resolve(digest.hex());
            return Files.exists(object)
                    ? Optional.of(Files.getLastModifiedTime(object).toInstant())
                    : Optional.empty();
        }

        @Override
        public boolean renew(FileDigest file) throws IOException {
            Files.setLastModifiedTime(object(file), FileTime.from(Instant.now()));
            return true;
        }

        @Override
        public void remove(Digest digest) throws IOException {
            Files.deleteIfExists(folder().resolve(digest.hex()));
        }
    }
}
