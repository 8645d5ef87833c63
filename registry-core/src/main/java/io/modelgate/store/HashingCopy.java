package io.modelgate.store;

import io.modelgate.manifest.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;

/** Streams bytes and hashes them on the way, in constant memory. */
final class HashingCopy {
    private static final int BLOCK = 1 << 18;
    /** From here on a second thread pays. */
    private static final long LARGE = 1 << 24;

    private HashingCopy() {}

    /** What went through. */
    record Result(Digest digest, long size) {
        boolean is(FileDigest file) {
            return size == file.size() && digest.equals(file.digest());
        }
    }

    /** Hashes a file; a symbolic link in its place is an error. */
    static Result hash(Path file, Progress progress) throws IOException {
        try (FileChannel channel = open(file)) {
            return copy(channel, Optional.empty(), channel.size(), progress);
        }
    }

    static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
    }

    /**
     * Copies what is there, or as much more than {@code expected} as one block has: a source that never ends is noticed by
     * the size.
     */
    static Result copy(
            ReadableByteChannel source,
            Optional<? extends WritableByteChannel> target,
            long expected,
            Progress progress)
            throws IOException {
        try (BlockDigest digest = digestFor(expected)) {
            long size = 0;
            while (size <= expected) {
                ByteBuffer block = digest.lend();
                int read = source.read(block);
                if (read < 0) {
                    break;
                }
                block.flip();
                if (target.isPresent()) {
                    writeAll(block.duplicate(), target.get());
                }
                digest.add(block);
                size += read;
                progress.advanced(read);
            }
            return new Result(digest.finish(), size);
        }
    }

    private static void writeAll(ByteBuffer block, WritableByteChannel target) throws IOException {
        while (block.hasRemaining()) {
            target.write(block);
        }
    }

    /** A small file needs a small buffer; the byte more shows that it grew. */
    private static BlockDigest digestFor(long expected) {
        return expected < LARGE ? BlockDigest.here((int) Math.min(expected + 1, BLOCK)) : new BesideDigest(BLOCK);
    }
}
