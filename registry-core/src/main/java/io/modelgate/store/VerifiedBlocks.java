package io.modelgate.store;

import io.modelgate.manifest.Digest;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The digest of each block of a file whose bytes were verified as a whole, so that a part that comes later can be compared: a
 * server could give other bytes to whoever looks than to whoever verifies. What is known is true of any file with that digest,
 * wherever it is; of the files verified last it is kept, in a few megabytes.
 */
final class VerifiedBlocks {
    /** What is not larger is one block. */
    static final int SMALLEST = 1 << 16;

    private static final int LARGEST = 1 << 24;
    private static final int MOST_BLOCKS = 1 << 16;
    private static final int MOST_KEPT = 16 << 20;
    private static final int DIGEST = 32;

    private static final Map<Digest, VerifiedBlocks> KEPT = new LinkedHashMap<>(16, 0.75f, true);
    private static long kept;

    private final int block;
    private final byte[] digests;

    private VerifiedBlocks(int block, byte[] digests) {
        this.block = block;
        this.digests = digests;
    }

    /** What is known of a file. */
    static Optional<VerifiedBlocks> of(FileDigest file) {
        if (file.size() <= SMALLEST) {
            return Optional.of(new VerifiedBlocks(SMALLEST, file.digest().raw()));
        }
        synchronized (KEPT) {
            return Optional.ofNullable(KEPT.get(file.digest()));
        }
    }

    /** The same, or what is known once all of it was read; empty when it is not the file. */
    static Optional<VerifiedBlocks> of(FileDigest file, Supplier<Verification> reading) {
        Optional<VerifiedBlocks> known = of(file);
        return known.isEmpty() && reading.get() == Verification.OK ? of(file) : known;
    }

    /** Lets somebody read a file into a channel that hashes its blocks, and keeps them if the file was the right one. */
    static Verification learn(FileDigest file, Function<WritableByteChannel, Verification> reading) {
        Sums sums = new Sums(file);
        Verification found = reading.apply(sums);
        if (found == Verification.OK) {
            sums.keep();
        }
        return found;
    }

    /** How many bytes a block has; the last may have fewer. */
    int size() {
        return block;
    }

    /** Whether these are the bytes of the file from a block's first byte on, up to the end of a block or of the file. */
    boolean are(ByteBuffer bytes, long from) {
        ByteBuffer rest = bytes.duplicate();
        MessageDigest digest = Digest.sha256();
        int end = rest.limit();
        for (int at = (int) (from / block) * DIGEST; rest.hasRemaining(); at += DIGEST) {
            digest.update(rest.limit(Math.min(end, rest.position() + block)));
            rest.limit(end);
            if (at + DIGEST > digests.length || !Arrays.equals(digest.digest(), 0, DIGEST, digests, at, at + DIGEST)) {
                return false;
            }
        }
        return true;
    }

    /** Hashes the blocks of what is written to it. */
    private static final class Sums implements WritableByteChannel {
        private final FileDigest file;
        private final int block;
        private final MessageDigest digest = Digest.sha256();
        private final ByteArrayOutputStream digests = new ByteArrayOutputStream();
        private int inBlock;

        Sums(FileDigest file) {
            this.file = file;
            int wanted = SMALLEST;
            while (wanted < LARGEST && file.size() / wanted > MOST_BLOCKS) {
                wanted <<= 1;
            }
            this.block = wanted;
        }

        @Override
        public int write(ByteBuffer bytes) {
            int written = bytes.remaining();
            int end = bytes.limit();
            while (bytes.hasRemaining()) {
                int length = Math.min(bytes.remaining(), block - inBlock);
                digest.update(bytes.limit(bytes.position() + length));
                bytes.limit(end);
                inBlock += length;
                if (inBlock == block) {
                    endBlock();
                }
            }
            return written;
        }

        private void endBlock() {
            digests.writeBytes(digest.digest());
            inBlock = 0;
        }

        /** To be called when all of it is known to be the file. */
        void keep() {
            if (file.size() <= SMALLEST) {
                return;
            }
            if (inBlock > 0) {
                endBlock();
            }
            synchronized (KEPT) {
                VerifiedBlocks old = KEPT.put(file.digest(), new VerifiedBlocks(block, digests.toByteArray()));
                kept += digests.size() - (old == null ? 0 : old.digests.length);
                Iterator<VerifiedBlocks> oldest = KEPT.values().iterator();
                while (kept > MOST_KEPT && KEPT.size() > 1) {
                    kept -= oldest.next().digests.length;
                    oldest.remove();
                }
            }
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }
}
