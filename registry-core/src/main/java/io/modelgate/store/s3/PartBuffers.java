package io.modelgate.store.s3;

import java.io.InterruptedIOException;
import java.lang.ref.SoftReference;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;

/**
 * Room for parts that wait to be sent to one server. What waits in all uploads of this process is below 64 MiB. Room of the usual
 * size is used again: to make it anew for each part keeps the collector of garbage busy.
 */
final class PartBuffers {
    static final int MOST = 64 << 20;

    private static final Semaphore BYTES = new Semaphore(MOST, true);

    private final Queue<SoftReference<byte[]>> spare = new LinkedBlockingQueue<>(MOST / Part.SMALLEST);

    /** Waits until there may be so many bytes more in memory, and gives room for them. */
    byte[] take(int size) throws InterruptedIOException {
        try {
            BYTES.acquire(size);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
        return size == Part.SMALLEST ? left().orElseGet(() -> new byte[size]) : new byte[size];
    }

    private Optional<byte[]> left() {
        for (SoftReference<byte[]> each = spare.poll(); each != null; each = spare.poll()) {
            byte[] room = each.get();
            if (room != null) {
                return Optional.of(room);
            }
        }
        return Optional.empty();
    }

    /**
     * To be called once for what was taken.
     *
     * @param again whether nobody can read it any more, so that other bytes may come into it
     */
    void giveBack(byte[] room, boolean again) {
        if (again && room.length == Part.SMALLEST) {
            spare.offer(new SoftReference<>(room));
        }
        BYTES.release(room.length);
    }
}
