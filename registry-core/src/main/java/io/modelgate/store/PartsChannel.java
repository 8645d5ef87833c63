package io.modelgate.store;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** The bytes of a file in their order while its parts are still being fetched, a few of them ahead of whoever reads. */
final class PartsChannel implements ReadableByteChannel {
    private static final int AHEAD = 8;

    /** Fetches one part into its place in the file. */
    interface Fetch {
        void part(FileChannel bytes, int part, Stop stop) throws IOException;
    }

    /** Is told how to break off what may wait for long. */
    interface Stop {
        void onStop(Runnable breakOff);
    }

    private final PartialFile partial;
    private final FileDigest file;
    private final Fetch fetch;
    private final Progress progress;
    private final ExecutorService pool = WorkerThreads.start(AHEAD, "modelgate-part");
    private final Map<Integer, Future<?>> running = new HashMap<>();
    private final Map<Integer, Runnable> stops = new ConcurrentHashMap<>();
    private int submitted;
    private long position;
    private volatile boolean open = true;

    PartsChannel(PartialFile partial, FileDigest file, Fetch fetch, Progress progress) {
        this.partial = partial;
        this.file = file;
        this.fetch = fetch;
        this.progress = progress;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        if (position >= file.size()) {
            return -1;
        }
        int part = (int) (position / Download.PART);
        submitUpTo(part + AHEAD);
        await(part);
        int length = (int) Math.min(target.remaining(), end(part) - position);
        ByteBuffer window = target.duplicate().limit(target.position() + length);
        int read = partial.bytes().read(window, position);
        if (read > 0) {
            target.position(target.position() + read);
            position += read;
        }
        return read;
    }

    private long end(int part) {
        return Math.min((part + 1) * Download.PART, file.size());
    }

    private void submitUpTo(int last) throws IOException {
        for (; submitted <= last && submitted * Download.PART < file.size(); submitted++) {
            int part = submitted;
            if (partial.has(part)) {
                progress.found(end(part) - part * Download.PART);
            } else {
                running.put(part, pool.submit(() -> {
                    fetch.part(partial.bytes(), part, breakOff -> stop(part, breakOff));
                    partial.note(part);
                    stops.remove(part);
                    return part;
                }));
            }
        }
    }

    private void stop(int part, Runnable breakOff) {
        stops.put(part, breakOff);
        if (!open) {
            breakOff.run();
        }
    }

    private void await(int part) throws IOException {
        Future<?> coming = running.remove(part);
        if (coming == null) {
            return;
        }
        try {
            coming.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        } catch (CancellationException e) {
            throw new IOException("interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException trouble) {
                throw trouble;
            }
            if (e.getCause() instanceof RuntimeException trouble) {
                throw trouble;
            }
            throw new IOException(e.getCause());
        }
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    /** Waits for the rest, so that nobody writes any more once the caller knows of a failure. */
    @Override
    public void close() {
        open = false;
        pool.shutdown();
        running.values().forEach(future -> future.cancel(false));
        stops.values().forEach(Runnable::run);
        WorkerThreads.end(pool);
    }
}
