package io.modelgate.store.oci;

import io.modelgate.finding.RegistryException;
import io.modelgate.store.AnnouncedBytes;
import io.modelgate.store.http.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Announced bytes as one stream. The last of them are held back until all are known to be right. */
final class AnnouncedStream extends InputStream {
    private static final int BLOCK = 1 << 18;

    private final AnnouncedBytes bytes;
    private byte[] block = new byte[0];
    private int position;
    private long given;
    private volatile Optional<RegistryException> refused = Optional.empty();

    AnnouncedStream(AnnouncedBytes bytes) {
        this.bytes = bytes;
    }

    interface Sending {
        Reply send() throws IOException;
    }

    /** Sends; when the bytes were others, that is the trouble, and not the connection that broke for it. */
    Reply orItsTrouble(Sending sending) throws IOException {
        try {
            return sending.send();
        } catch (IOException e) {
            if (refused.isPresent()) {
                throw refused.get();
            }
            throw e;
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (position == block.length) {
            bytes.taken(block.length);
            next();
        }
        if (block.length == 0) {
            return -1;
        }
        int read = Math.min(length, block.length - position);
        System.arraycopy(block, position, target, offset, read);
        position += read;
        return read;
    }

    /** To be called when the server has taken all: who knows the length does not ask for what comes behind the last byte. */
    void ended() {
        bytes.taken(block.length);
        block = new byte[0];
        position = 0;
    }

    private void next() throws IOException {
        boolean isEnd = given == bytes.size();
        block = isEnd ? new byte[0] : bytes.next((int) Math.min(BLOCK, bytes.size() - given));
        position = 0;
        given += block.length;
        if (!isEnd && (given == bytes.size() || block.length == 0)) {
            try {
                bytes.requireRight();
            } catch (RegistryException e) {
                refused = Optional.of(e);
                throw new IOException("the file is another one", e);
            }
        }
    }
}
