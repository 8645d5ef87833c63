package io.modelgate.store;

import io.modelgate.manifest.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Says which files of a cache a process needs, so that no other takes them away meanwhile. It is a file that the process has a
 * lock on: when the process dies, the lock goes, and the next one that looks takes the file away.
 */
final class CacheLease implements AutoCloseable {
    /** Opening and closing such a file would give up the lock that another thread of this process has on it. */
    private static final Map<Path, Set<Digest>> OF_THIS_PROCESS = new ConcurrentHashMap<>();

    /** Beyond what is written there: on some systems nobody else can read what is locked. */
    private static final long LOCKED = Long.MAX_VALUE - 1;

    private static final int DIGEST = 65;
    private static final int MOST = 1 << 26;

    private final Path file;
    private final FileChannel channel;

    private CacheLease(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Makes one. */
    static CacheLease of(Path cache, Collection<Digest> digests) throws IOException {
        Path leases = Files.createDirectories(cache.resolve("leases"));
        Path file = leases.resolve(UUID.randomUUID().toString()).toAbsolutePath();
        return CacheTurn.in(cache, () -> make(file, digests));
    }

    private static CacheLease make(Path file, Collection<Digest> digests) throws IOException {
        OF_THIS_PROCESS.put(file, Set.copyOf(digests));
        CacheLease lease =
                new CacheLease(file, FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
        boolean made = false;
        try {
            lease.write(digests);
            made = true;
            return lease;
        } finally {
            if (!made) {
                lease.close();
            }
        }
    }

    private void write(Collection<Digest> digests) throws IOException {
        channel.lock(LOCKED, 1, false);
        StringBuilder text = new StringBuilder();
        digests.forEach(digest -> text.append(digest.hex()).append('\n'));
        ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.US_ASCII));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** What living processes need. To be called when it is this process's turn. */
    static Set<Digest> all(Path cache) throws IOException {
        Set<Digest> needed = new HashSet<>();
        Path leases = cache.resolve("leases");
        if (!Files.isDirectory(leases, LinkOption.NOFOLLOW_LINKS)) {
            return needed;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(leases)) {
            for (Path file : files) {
                Set<Digest> own = OF_THIS_PROCESS.get(file.toAbsolutePath());
                if (own != null) {
                    needed.addAll(own);
                } else if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                    addIfAlive(file, needed);
                }
            }
        }
        return needed;
    }

    private static void addIfAlive(Path file, Set<Digest> needed) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS))) {
            if (channel.tryLock(LOCKED, 1, false) != null) {
                Files.deleteIfExists(file);
                return;
            }
            ByteBuffer text = ByteBuffer.allocate((int) Math.min(channel.size(), MOST));
            while (text.hasRemaining() && channel.read(text) >= 0) {
                // On and on.
            }
            String digits = new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII);
            for (int at = 0; at + DIGEST <= digits.length(); at += DIGEST) {
                DigestFolder.digest(digits.substring(at, at + DIGEST - 1)).ifPresent(needed::add);
            }
        }
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
        channel.close();
        OF_THIS_PROCESS.remove(file);
    }
}
