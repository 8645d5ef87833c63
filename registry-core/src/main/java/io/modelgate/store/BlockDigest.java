package io.modelgate.store;

import io.modelgate.manifest.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;

/** Hashes blocks of bytes that somebody else reads, and lends the buffers to read them into. */
interface BlockDigest extends AutoCloseable {
    /** An empty buffer, to be filled. */
    ByteBuffer lend() throws IOException;

    /** Takes the buffer back, flipped, and hashes what is in it. */
    void add(ByteBuffer block) throws IOException;

    /** The digest of all blocks. */
    Digest finish() throws IOException;

    @Override
    void close();

    /** Hashes in the thread of the caller. */
    static BlockDigest here(int blockSize) {
        ByteBuffer block = ByteBuffer.allocate(blockSize);
        MessageDigest digest = Digest.sha256();
        return new BlockDigest() {
            @Override
            public ByteBuffer lend() {
                return block.clear();
            }

            @Override
            public void add(ByteBuffer filled) {
                digest.update(filled);
            }

            @Override
            public Digest finish() {
                return Digest.ofRaw(digest.digest());
            }

            @Override
            public void close() {}
        };
    }
}
