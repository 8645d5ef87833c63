package io.modelgate.store;

import io.modelgate.manifest.Digest;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Hashes in a thread of its own, while the caller reads and writes the next block of a large file. */
final class BesideDigest implements BlockDigest {
    private static final int BLOCKS = 4;
    private static final ByteBuffer END = ByteBuffer.allocate(0);

    private final BlockingQueue<ByteBuffer> empty = new ArrayBlockingQueue<>(BLOCKS);
    private final BlockingQueue<ByteBuffer> filled = new ArrayBlockingQueue<>(BLOCKS + 1);
    private final FutureTask<Digest> hashing = new FutureTask<>(this::hash);
    private final Thread thread = new Thread(hashing, "modelgate-hash");

    BesideDigest(int blockSize) {
        for (int i = 0; i < BLOCKS; i++) {
            empty.add(ByteBuffer.allocateDirect(blockSize));
        }
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public ByteBuffer lend() throws InterruptedIOException {
        try {
            return empty.take().clear();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    @Override
    public void add(ByteBuffer block) {
        filled.add(block);
    }

    @Override
    public Digest finish() throws InterruptedIOException {
        filled.add(END);
        try {
            return hashing.get();
        } catch (InterruptedException e) {
            throw interrupted(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("hashing cannot fail", e);
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private Digest hash() throws InterruptedException {
        MessageDigest digest = Digest.sha256();
        for (ByteBuffer block = filled.take(); block.capacity() > 0; block = filled.take()) {
            digest.update(block);
            empty.add(block);
        }
        return Digest.ofRaw(digest.digest());
    }

    private static InterruptedIOException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        InterruptedIOException e = new InterruptedIOException("interrupted");
        e.initCause(cause);
        return e;
    }
}
