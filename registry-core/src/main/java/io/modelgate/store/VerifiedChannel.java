package io.modelgate.store;

import io.modelgate.finding.RegistryException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.util.function.Supplier;

/**
 * An object in a store, to look into any part of it. A few blocks are fetched around where it is read; whoever reads on and on
 * gets ever more of them. Each is compared with what was verified, so that nobody can show other bytes here.
 */
final class VerifiedChannel implements SeekableByteChannel {
    private static final int LARGEST = 1 << 22;

    /** Where the bytes are. */
    interface Source extends Closeable {
        /** Fills a buffer with the bytes from {@code from} on. */
        void read(ByteBuffer target, long from) throws IOException;

        /** What to say when other bytes come. */
        RegistryException wrong();

        @Override
        default void close() throws IOException {}
    }

    private final FileDigest file;
    private final Supplier<Verification> reading;
    private final Source source;
    private final long size;
    private ByteBuffer block = ByteBuffer.allocate(0);
    private long blockStart;
    private int wanted;
    private long position;
    private boolean open = true;

    /**
     * @param file whose size a store that says another one must not be read for
     * @param reading reads all of it, if it is not known yet what the blocks must be
     */
    VerifiedChannel(FileDigest file, Supplier<Verification> reading, Source source) {
        this.file = file;
        this.reading = reading;
        this.source = source;
        this.size = file.size();
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        requireOpen();
        if (position >= size) {
            return -1;
        }
        if (position < blockStart || position >= blockStart + block.limit()) {
            fetch();
        }
        int offset = (int) (position - blockStart);
        int length = Math.min(target.remaining(), block.limit() - offset);
        target.put(block.slice(offset, length));
        position += length;
        return length;
    }

    private void fetch() throws IOException {
        VerifiedBlocks verified = VerifiedBlocks.of(file, reading).orElseThrow(source::wrong);
        boolean readsOn = position == blockStart + block.limit() && block.limit() > 0;
        wanted = readsOn ? Math.max(verified.size(), Math.min(LARGEST, wanted * 2)) : verified.size();
        long start = position - position % verified.size();
        int length = (int) Math.min(wanted, size - start);
        ByteBuffer fresh = ByteBuffer.allocate(length);
        source.read(fresh, start);
        if (!verified.are(fresh.flip(), start)) {
            throw source.wrong();
        }
        block = fresh;
        blockStart = start;
    }

    @Override
    public long position() throws IOException {
        requireOpen();
        return position;
    }

    @Override
    public SeekableByteChannel position(long wantedPosition) throws IOException {
        requireOpen();
        if (wantedPosition < 0) {
            throw new IllegalArgumentException("a position is not negative");
        }
        position = wantedPosition;
        return this;
    }

    @Override
    public long size() throws IOException {
        requireOpen();
        return size;
    }

    @Override
    public int write(ByteBuffer source) {
        throw new NonWritableChannelException();
    }

    @Override
    public SeekableByteChannel truncate(long length) {
        throw new NonWritableChannelException();
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() throws IOException {
        open = false;
        block = ByteBuffer.allocate(0);
        source.close();
    }

    private void requireOpen() throws ClosedChannelException {
        if (!open) {
            throw new ClosedChannelException();
        }
    }
}
