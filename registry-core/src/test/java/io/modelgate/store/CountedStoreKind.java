package io.modelgate.store;

import io.modelgate.manifest.Digest;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Stores that have any number of objects and need no room for them: {@code counted:1000000} has a million. Object {@code n} is the
 * number written out, and the file that is it is called {@code n} too.
 */
public final class CountedStoreKind implements StoreKind {
    /** How many objects were taken away. */
    public static final AtomicLong REMOVED = new AtomicLong();

    @Override
    public Set<String> schemes() {
        return Set.of("counted");
    }

    @Override
    public ArtifactStore open(Site site) {
        String url = site.location().url();
        return new RemoteStore(
                site.name(), url, new Counted(Long.parseLong(url.substring("counted:".length()))), LeastRate.USUAL);
    }

    /** The bytes of an object. */
    public static byte[] bytes(long number) {
        return String.valueOf(number).getBytes(StandardCharsets.UTF_8);
    }

    private record Counted(long objects) implements RemoteObjects {
        @Override
        public OptionalLong size(FileDigest file) {
            return OptionalLong.of(file.path().length());
        }

        @Override
        public Piece read(FileDigest file, long from, long length) {
            byte[] bytes = bytes(Long.parseLong(file.path()));
            return new Piece(new ByteArrayInputStream(bytes), OptionalLong.of(bytes.length));
        }

        @Override
        public void write(FileDigest file, AnnouncedBytes bytes, boolean replace) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean list(Consumer<StoredObject> each) {
            Instant old = Instant.parse("2026-01-01T00:00:00Z");
            for (long number = 0; number < objects; number++) {
                byte[] bytes = bytes(number);
                each.accept(new StoredObject(Digest.of(bytes), bytes.length, old));
            }
            return true;
        }

        @Override
        public void remove(Digest digest) {
            REMOVED.incrementAndGet();
        }
    }
}
