package io.modelgate.store.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Publishes a stream in large blocks. Java's own publisher has blocks of 16 KiB, and each of them wakes two threads: that costs more
 * than hashing the bytes.
 */
final class BlockPublisher implements Flow.Publisher<ByteBuffer> {
    private static final int BLOCK = 1 << 17;

    private final InputStream bytes;
    private final long size;

    BlockPublisher(InputStream bytes, long size) {
        this.bytes = bytes;
        this.size = size;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
        subscriber.onSubscribe(new Reading(subscriber));
    }

    /** One thread at a time reads as many blocks as are wanted. */
    private final class Reading implements Flow.Subscription {
        private final Flow.Subscriber<? super ByteBuffer> to;
        private final AtomicLong wanted = new AtomicLong();
        private final AtomicInteger asked = new AtomicInteger();
        private volatile boolean over;
        private long left = size;

        Reading(Flow.Subscriber<? super ByteBuffer> to) {
            this.to = to;
        }

        @Override
        public void request(long more) {
            wanted.accumulateAndGet(more, (a, b) -> a + b < 0 ? Long.MAX_VALUE : a + b);
            if (asked.getAndIncrement() > 0) {
                return; // Whoever reads sees it.
            }
            int seen = 1;
            while (seen > 0) {
                while (!over && wanted.get() > 0) {
                    wanted.decrementAndGet();
                    next();
                }
                seen = asked.addAndGet(-seen);
            }
        }

        private void next() {
            try {
                byte[] block = new byte[(int) Math.min(BLOCK, left)];
                int length = bytes.readNBytes(block, 0, block.length);
                left -= length;
                if (length > 0) {
                    to.onNext(ByteBuffer.wrap(block, 0, length));
                }
                if (left == 0 || length == 0) {
                    over = true;
                    to.onComplete(); // Too few bytes are noticed by the length that was announced.
                }
            } catch (IOException | RuntimeException e) {
                over = true; // Whoever waits for more would wait for long.
                to.onError(e);
            }
        }

        @Override
        public void cancel() {
            over = true;
        }
    }
}
