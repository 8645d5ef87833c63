package io.modelgate.format;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/** The bytes of a channel, from its first to its last. */
final class ChannelBytes extends Bytes {
    private final SeekableByteChannel channel;
    private final long size;

    ChannelBytes(SeekableByteChannel channel) {
        this.channel = channel;
        try {
            this.size = channel.size();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    int read(long at, byte[] into, int from, int length) {
        if (at < 0 || at >= size) {
            return 0;
        }
        try {
            channel.position(at);
            ByteBuffer buffer = ByteBuffer.wrap(into, from, (int) Math.min(length, size - at));
            while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
                // goes on until all are there
            }
            return buffer.position() - from;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    boolean reaches(long end) {
        return end <= size;
    }

    @Override
    long size() {
        return size;
    }
}
