package io.modelgate.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ReadableByteChannel;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Bytes of an object on a server, as one stream whatever happens on the way: where the connection breaks it goes on, as long as
 * some bytes come now and then. A server that is too slow to be meant seriously is trouble. The end of the stream comes where the
 * server says that the object ends.
 */
final class ObjectStream implements ReadableByteChannel {
    private static final int MOST_TRIES = 5;
    private static final long FIRST_PAUSE_MILLIS = 200;
    private static final long LARGEST_READ = 1 << 17;

    private final RemoteObjects objects;
    private final FileDigest file;
    private final long end;
    private long position;
    private int tries;
    private volatile @Nullable InputStream current;
    /** How many bytes still come that nobody asked for, of a server that gives no parts. */
    private long before;

    private int fromStart;
    private boolean givesNoParts;
    private final boolean isOneOfMany;
    private boolean begun;
    private final Pace pace;
    private final Pace.Transfer transfer;
    private final byte[] scratch;
    private volatile boolean open = true;

    /** The bytes from {@code from} on, {@code length} of them, or as many more as the server sends when all of it is asked for. */
    ObjectStream(RemoteObjects objects, Pace pace, FileDigest file, long from, long length) {
        this(objects, pace, file, from, length, false);
    }

    private ObjectStream(
            RemoteObjects objects, Pace pace, FileDigest file, long from, long length, boolean isOneOfMany) {
        this.isOneOfMany = isOneOfMany;
        this.objects = objects;
        this.pace = pace;
        this.transfer = pace.begin();
        this.file = file;
        this.position = from;
        this.end = from + length;
        this.scratch = new byte[(int) Math.min(LARGEST_READ, length + 1)];
    }

    /** One of the parts that together are an object: were each read from the first byte, it would never end. */
    static ObjectStream part(RemoteObjects objects, Pace pace, FileDigest file, long from, long length) {
        return new ObjectStream(objects, pace, file, from, length, true);
    }

    /** All bytes of an object. */
    static ObjectStream whole(RemoteObjects objects, Pace pace, FileDigest file) {
        return new ObjectStream(objects, pace, file, 0, file.size());
    }

    /** The object has another size than it must have. */
    static final class WrongSizeException extends IOException {
        private static final long serialVersionUID = 1L;

        WrongSizeException(long size) {
            super("it has " + size + " bytes");
        }
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        try {
            return readPatiently(target);
        } finally {
            transfer.rests();
        }
    }

    private int readPatiently(ByteBuffer target) throws IOException {
        while (true) {
            try {
                int read = readOnce(target);
                if (read > 0) {
                    tries = 0;
                    position += read;
                    if (position < end) {
                        transfer.require();
                    }
                    return read;
                }
                transfer.require();
                if (position >= end || !again()) {
                    return -1;
                }
            } catch (WrongSizeException | MissingObjectException | GivenUpException e) {
                throw e;
            } catch (IOException e) {
                transfer.require();
                if (!open || givesNoParts || !again()) {
                    throw e;
                }
            }
        }
    }

    private int readOnce(ByteBuffer target) throws IOException {
        InputStream stream = current;
        if (stream == null) {
            if (!open) {
                throw new ClosedChannelException();
            }
            if (position > 0 && position >= end) {
                return -1;
            }
            stream = ask();
        }
        transfer.waits();
        while (before > 0) {
            int read = stream.read(scratch, 0, (int) Math.min(before, scratch.length));
            if (read < 0) {
                return -1;
            }
            before -= read;
            transfer.moved(read);
            transfer.require();
        }
        int length = (int) Math.min(Math.min(target.remaining(), scratch.length), most());
        int read = stream.read(scratch, 0, length);
        if (read > 0) {
            transfer.moved(read);
            target.put(scratch, 0, read);
        }
        return read;
    }

    /** The first answer may take some time, and a busy server its pauses; whoever breaks off has none for the next ones. */
    private InputStream ask() throws IOException {
        if (begun) {
            transfer.waits();
        }
        Pace.Question<RemoteObjects.Piece> question = () -> objects.read(file, position, end - position);
        RemoteObjects.Piece piece = tries == 0 ? pace.answer(question) : pace.again(question);
        begun = true;
        current = piece.bytes();
        before = piece.before();
        if (piece.total().isPresent() && piece.total().getAsLong() != file.size()) {
            throw new WrongSizeException(piece.total().getAsLong());
        }
        if (before > 0 && (isOneOfMany || ++fromStart > MOST_TRIES)) {
            givesNoParts = true;
            throw new IOException("the server gives no parts, and breaks off again and again");
        }
        return piece.bytes();
    }

    /** All of an object shows what it has too much; of a part, nothing beyond it is read. */
    private long most() {
        return end == file.size() ? end + 1 - position : end - position;
    }

    /** Leaves the connection and waits a moment; false when there were too many tries without a byte. */
    private boolean again() throws IOException {
        closeCurrent();
        if (++tries >= MOST_TRIES) {
            return false;
        }
        long most = FIRST_PAUSE_MILLIS << tries;
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(most / 2, most));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        return open;
    }

    private void closeCurrent() {
        InputStream stream = current;
        current = null;
        if (stream != null) {
            try {
                stream.close();
            } catch (IOException e) {
                // It is of no use any more.
            }
        }
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() {
        open = false;
        closeCurrent();
    }
}
