package io.modelgate.store;

import io.modelgate.finding.RegistryException;
import io.modelgate.manifest.Digest;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;

/** The bytes of a file on their way to a server, hashed as they go: they must be what was announced. Read by one thread at a time. */
public final class AnnouncedBytes implements Closeable {
    private static final int BLOCK = 1 << 18;

    private final FileDigest file;
    private final Path source;
    private final Progress progress;
    private final FileChannel channel;
    private final MessageDigest digest = Digest.sha256();
    private long read;
    private long taken;
    private long told;

    AnnouncedBytes(FileDigest file, Path source, Progress progress) throws IOException {
        this.file = file;
        this.source = source;
        this.progress = progress;
        this.channel = HashingCopy.open(source);
    }

    /** How many bytes there must be. */
    public long size() {
        return file.size();
    }

    /** The next bytes, as many as asked for unless the file ends; none at its end. A file that is too long ends here all the same. */
    public byte[] next(int most) throws IOException {
        byte[] bytes = new byte[(int) Math.min(most, file.size() + 1 - read)];
        int length = next(bytes, bytes.length);
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }

    /** The same into bytes that are there: how many there are now. */
    public int next(byte[] bytes, int most) throws IOException {
        int wanted = (int) Math.min(most, file.size() + 1 - read);
        int length = 0;
        for (int more = 0; more >= 0 && length < wanted; length += Math.max(0, more)) {
            more = readSome(bytes, length, wanted);
        }
        read += length;
        return length;
    }

    /** A little at a time: Java keeps a buffer as large as what is read at once for each thread; and hashes what is still near. */
    private int readSome(byte[] bytes, int offset, int end) throws IOException {
        int length = channel.read(ByteBuffer.wrap(bytes, offset, Math.min(BLOCK, end - offset)));
        digest.update(bytes, offset, Math.max(0, length));
        return length;
    }

    /** Tells how many of the bytes the server has taken; for many threads at once. */
    public synchronized void taken(long bytes) {
        taken += bytes;
        if (taken > told) {
            progress.advanced(taken - told);
            told = taken;
        }
    }

    /** Begins again with the first byte, for a server that lost what it had. What was told to be taken is not told again. */
    public void restart() throws IOException {
        channel.position(0);
        digest.reset();
        read = 0;
        forgetTaken();
    }

    private synchronized void forgetTaken() {
        taken = 0;
    }

    /** To be called once all bytes were read, and before the server makes them an object: INTEGRITY when they are others. */
    public void requireRight() throws IOException {
        boolean whole = read == file.size() && next(1).length == 0;
        if (!whole || !Digest.ofRaw(digest.digest()).equals(file.digest())) {
            throw RegistryException.integrity(
                    file.path() + " (" + source + ") is not the file with " + file.size() + " bytes and digest "
                            + file.digest() + " that was announced.",
                    "It changed meanwhile, or it is another file: run the whole command again.");
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
