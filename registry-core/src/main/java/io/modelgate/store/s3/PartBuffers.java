package io.modelgate.store.s3;

import java.io.InterruptedIOException;
import java.util.concurrent.Semaphore;

/** Keeps what waits to be sent, in all uploads of this process, below 64 MiB. */
final class PartBuffers {
    static final int MOST = 64 << 20;

    private static final Semaphore BYTES = new Semaphore(MOST, true);

    private PartBuffers() {}

    /** Waits until so many bytes may be read into memory. */
    static void acquire(int bytes) throws InterruptedIOException {
        try {
            BYTES.acquire(bytes);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    static void release(int bytes) {
        BYTES.release(bytes);
    }
}
