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
import java.security.MessageDigest;
import java.util.Optional;
import java.util.Set;

/** Streams bytes and hashes them on the way, in constant memory. */
final class HashingCopy {
    private static final int BUFFER = 1 << 18;

    private HashingCopy() {}

    /** What went through. */
    record Result(Digest digest, long size) {}

    /** Hashes a file; a symbolic link in its place is an error. */
    static Result hash(Path file, Progress progress) throws IOException {
        try (FileChannel channel = open(file)) {
            return copy(channel, Optional.empty(), Long.MAX_VALUE, progress);
        }
    }

    static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
    }

    /** Copies at most {@code most} bytes and one more, so that a source that never ends is noticed. */
    static Result copy(
            ReadableByteChannel source, Optional<? extends WritableByteChannel> target, long most, Progress progress)
            throws IOException {
        MessageDigest digest = Digest.sha256();
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        long size = 0;
        while (size <= most) {
            buffer.clear();
            int read = source.read(buffer);
            if (read < 0) {
                break;
            }
            buffer.flip();
            digest.update(buffer.array(), 0, read);
            if (target.isPresent()) {
                while (buffer.hasRemaining()) {
                    target.get().write(buffer);
                }
            }
            size += read;
            progress.advanced(read);
        }
        return new Result(Digest.ofRaw(digest.digest()), size);
    }
}
