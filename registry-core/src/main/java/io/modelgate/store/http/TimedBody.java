package io.modelgate.store.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of an answer as they come. The stream that Java has for that waits for a byte for ever; this one does not. A few
 * blocks are asked for ahead, never more than that are held.
 */
final class TimedBody extends InputStream implements BodySubscriber<InputStream> {
    private static final int AHEAD = 16;

    private final Duration silence;
    private final BlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();
    private Iterator<ByteBuffer> blocks = List.<ByteBuffer>of().iterator();
    private ByteBuffer block = ByteBuffer.allocate(0);
    private boolean ended;
    private int taken;
    private volatile boolean closed;
    private volatile Flow.@Nullable Subscription subscription;

    /** Blocks, or the end: with trouble or without. */
    private record Piece(
            List<ByteBuffer> blocks, boolean last, @Nullable Throwable trouble) {}

    TimedBody(Duration silence) {
        this.silence = silence;
    }

    @Override
    public CompletionStage<InputStream> getBody() {
        return CompletableFuture.completedFuture(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        if (closed) {
            given.cancel();
        } else {
            given.request(AHEAD);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> next) {
        pieces.add(new Piece(next, false, null));
    }

    @Override
    public void onError(Throwable trouble) {
        pieces.add(new Piece(List.of(), true, trouble));
    }

    @Override
    public void onComplete() {
        pieces.add(new Piece(List.of(), true, null));
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (!block.hasRemaining()) {
            if (blocks.hasNext()) {
                block = blocks.next();
            } else if (ended || !more()) {
                return -1;
            }
        }
        int read = Math.min(length, block.remaining());
        block.get(target, offset, read);
        return read;
    }

    /** Waits for the next blocks; false at the end. */
    private boolean more() throws IOException {
        Piece piece;
        try {
            piece = closed ? null : pieces.poll(silence.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
        if (closed) {
            throw new IOException("the answer was left");
        }
        if (piece == null) {
            close();
            throw new IOException("no byte came for " + silence.toSeconds() + " s");
        }
        if (piece.trouble() != null) {
            ended = true;
            throw new IOException("the connection broke", piece.trouble());
        }
        ended = piece.last();
        blocks = piece.blocks().iterator();
        Flow.Subscription given = subscription;
        if (!ended && given != null && ++taken == AHEAD / 2) {
            given.request(taken); // Several at once: each wish may wake a thread.
            taken = 0;
        }
        return !ended;
    }

    /** Whoever still waits for bytes is woken; the connection is given up unless all came. */
    @Override
    public void close() {
        closed = true;
        Flow.Subscription given = subscription;
        if (given != null) {
            given.cancel();
        }
        pieces.add(new Piece(List.of(), true, null));
    }
}
