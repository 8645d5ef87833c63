package io.modelgate.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/**
 * An object on a server, to look into any part of it. A few blocks are fetched around where it is read; whoever reads on and on
 * gets ever more of them. Each is compared with what was verified, so that a server cannot show other bytes here.
 */
final class RangeChannel implements SeekableByteChannel {
    private static final int LARGEST = 1 << 22;

    private final RemoteStore store;
    private final RemoteObjects objects;
    private final FileDigest file;
    private final long size;
    private ByteBuffer block = ByteBuffer.allocate(0);
    private long blockStart;
    private int wanted;
    private long position;
    private boolean open = true;

    /** @param size how many bytes the server says there are */
    RangeChannel(RemoteStore store, RemoteObjects objects, FileDigest file, long size) {
        this.store = store;
        this.objects = objects;
        this.file = file;
        this.size = size;
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
        VerifiedBlocks verified = store.verified(file);
        boolean readsOn = position == blockStart + block.limit() && block.limit() > 0;
        wanted = readsOn ? Math.max(verified.size(), Math.min(LARGEST, wanted * 2)) : verified.size();
        long start = position - position % verified.size();
        int length = (int) Math.min(wanted, size - start);
        ByteBuffer fresh = ByteBuffer.allocate(length);
        try (ObjectStream in = new ObjectStream(objects, file.ofSize(size), start, length)) {
            while (fresh.hasRemaining()) {
                if (in.read(fresh) < 0) {
                    throw new IOException("the object ends before its size");
                }
            }
        }
        if (!verified.are(fresh.flip(), start)) {
            throw store.wrong(file);
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
    public void close() {
        open = false;
        block = ByteBuffer.allocate(0);
    }

    private void requireOpen() throws ClosedChannelException {
        if (!open) {
            throw new ClosedChannelException();
        }
    }
}
