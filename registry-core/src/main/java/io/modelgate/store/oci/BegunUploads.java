package io.modelgate.store.oci;

import io.modelgate.manifest.Digest;
import io.modelgate.store.CacheFolder;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Remembers for a later run where registries have what this run sent of large blobs, should it be killed. A note is a file in the
 * user's cache that belongs to one process at a time; without such a folder nothing is remembered, and nothing else is amiss.
 */
final class BegunUploads {
    /** Registries throw unfinished uploads away after a week, if not before. */
    private static final Duration LONGEST = Duration.ofDays(7);

    private static final int MOST_BYTES = 16 << 10;
    private static final Pattern WORDS = Pattern.compile("([0-9]{1,9}) (\\S+)\n");

    /** What this process has locked: a channel that is closed takes all locks of its process on the file along (fcntl(2)). */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Optional<Path> folder;

    private BegunUploads(Optional<Path> folder) {
        this.folder = folder;
    }

    static BegunUploads none() {
        return new BegunUploads(Optional.empty());
    }

    static BegunUploads in(Path folder) {
        return new BegunUploads(Optional.of(folder));
    }

    /** Beside the cache of artifacts. */
    static BegunUploads of(Map<String, String> environment, Path userHome) {
        return in(CacheFolder.of(environment, Path.of(""), userHome).resolve("uploads"));
    }

    /** The note about a blob; one that keeps nothing where another process is sending the same. */
    Note note(URI blob) {
        if (folder.isEmpty()) {
            return new Note(Optional.empty(), Optional.empty());
        }
        try {
            Path file = make(folder.get())
                    .toRealPath()
                    .resolve(Digest.of(blob.toString().getBytes(StandardCharsets.UTF_8))
                            .hex());
            takeOldAway();
            return lock(file);
        } catch (IOException | UnsupportedOperationException e) {
            return new Note(Optional.empty(), Optional.empty());
        }
    }

    /** Nobody else's business: with some registries the address of an upload is all that one needs to add to it. */
    private static Path make(Path folder) throws IOException {
        Files.createDirectories(folder);
        if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
        return folder;
    }

    private void takeOldAway() throws IOException {
        try (Stream<Path> all = Files.list(folder.orElseThrow())) {
            for (Path each : all.toList()) {
                if (Files.getLastModifiedTime(each)
                        .toInstant()
                        .isBefore(Instant.now().minus(LONGEST))) {
                    Files.deleteIfExists(each);
                }
            }
        }
    }

    private static Note lock(Path file) throws IOException {
        if (!HELD.add(file)) {
            return new Note(Optional.empty(), Optional.empty());
        }
        Optional<Note> note = Optional.empty();
        try {
            note = locked(file);
        } finally {
            if (note.isEmpty()) {
                HELD.remove(file);
            }
        }
        return note.orElseGet(() -> new Note(Optional.empty(), Optional.empty()));
    }

    private static Optional<Note> locked(Path file) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return Optional.of(new Note(Optional.of(file), Optional.of(channel)));
            }
        } catch (IOException | OverlappingFileLockException e) {
            // This file system knows no locks, or other code in this process has one.
        }
        channel.close();
        return Optional.empty();
    }

    /**
     * An upload that the registry knows of.
     *
     * @param location where the next bytes go
     * @param chunk how many at once
     */
    record Begun(URI location, int chunk) {
        @Override
        public String toString() {
            return "an upload at " + location.getHost();
        }
    }

    /** What is known of one blob, until it is closed. */
    static final class Note implements Closeable {
        private final Optional<Path> file;
        private final Optional<FileChannel> channel;

        private Note(Optional<Path> file, Optional<FileChannel> channel) {
            this.file = file;
            this.channel = channel;
        }

        /** Whether a later run will know. */
        boolean isKept() {
            return channel.isPresent();
        }

        /** What an earlier run left. */
        Optional<Begun> begun() {
            if (channel.isEmpty()) {
                return Optional.empty();
            }
            try {
                ByteBuffer bytes = ByteBuffer.allocate(MOST_BYTES);
                channel.get().read(bytes, 0);
                Matcher words = WORDS.matcher(StandardCharsets.UTF_8.decode(bytes.flip()));
                return words.matches()
                        ? Optional.of(new Begun(URI.create(words.group(2)), Integer.parseInt(words.group(1))))
                        : Optional.empty();
            } catch (IOException | IllegalArgumentException e) {
                return Optional.empty();
            }
        }

        void keep(Begun begun) {
            write((begun.chunk() + " " + begun.location() + "\n").getBytes(StandardCharsets.UTF_8));
        }

        void forget() {
            write(new byte[0]);
        }

        private void write(byte[] bytes) {
            for (FileChannel each : channel.stream().toList()) {
                try {
                    each.truncate(0);
                    each.write(ByteBuffer.wrap(bytes), 0);
                } catch (IOException e) {
                    // Then a later run begins anew.
                }
            }
        }

        @Override
        public void close() {
            if (channel.isEmpty()) {
                return;
            }
            Path path = file.orElseThrow();
            try (FileChannel each = channel.get()) {
                if (each.size() == 0) {
                    Files.deleteIfExists(path);
                }
            } catch (IOException e) {
                // An upload is no worse for a note that stays; it is taken away after a week.
            } finally {
                HELD.remove(path);
            }
        }
    }
}
