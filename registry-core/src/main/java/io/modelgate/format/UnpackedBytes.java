package io.modelgate.format;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The bytes that come out of a compressed stream. Unpacks them when they are asked for, within the limits of the file. */
final class UnpackedBytes extends Bytes {
    /** Opens the stream that unpacks. Libraries throw all sorts of exceptions at bytes that are not theirs. */
    interface Opening {
        InputStream open(InputStream packed) throws IOException;
    }

    private static final int BLOCK = 1 << 16;

    /** What a damaged stream gives is lost in steps of this size. */
    private static final int STEP = 1024;

    private final BytesInputStream packed;
    private final Opening opening;
    private final Limits limits;
    private final List<byte[]> blocks = new ArrayList<>();
    private InputStream unpacking = InputStream.nullInputStream();
    private boolean opened;
    private long unpacked;
    private boolean ended;
    private Optional<DamagedException> damage = Optional.empty();

    UnpackedBytes(Bytes packed, Opening opening, Limits limits) {
        this.packed = new BytesInputStream(packed);
        this.opening = opening;
        this.limits = limits;
    }

    /** What came out before a damage is there to be read: a loader would have acted upon it, too. */
    @Override
    int read(long at, byte[] into, int from, int length) throws DamagedException {
        if (at < 0 || !reaches(at + 1)) {
            return 0;
        }
        unpackUpTo(at + length);
        int wanted = (int) Math.min(length, unpacked - at);
        for (int done = 0; done < wanted; ) {
            int start = (int) ((at + done) % BLOCK);
            int count = Math.min(BLOCK - start, wanted - done);
            System.arraycopy(blocks.get((int) ((at + done) / BLOCK)), start, into, from + done, count);
            done += count;
        }
        return wanted;
    }

    @Override
    boolean reaches(long end) throws DamagedException {
        unpackUpTo(end);
        if (unpacked < end && damage.isPresent()) {
            throw damage.get();
        }
        return unpacked >= end;
    }

    @Override
    long size() throws DamagedException {
        reaches(Long.MAX_VALUE);
        return unpacked;
    }

    private void unpackUpTo(long end) {
        while (unpacked < end && !ended && damage.isEmpty()) {
            unpackMore();
        }
    }

    private void unpackMore() {
        int start = (int) (unpacked % BLOCK);
        if (start == 0) {
            blocks.add(new byte[BLOCK]);
        }
        try {
            if (!opened) {
                unpacking = opening.open(packed);
                opened = true;
            }
            int read = unpacking.read(blocks.get(blocks.size() - 1), start, Math.min(STEP, BLOCK - start));
            if (read <= 0) {
                ended = true;
                return;
            }
            unpacked += read;
            limits.unpacked(read, unpacked, packed.position());
        } catch (DamagedException e) {
            damage = Optional.of(e);
        } catch (IOException | RuntimeException e) {
            damage = Optional.of(
                    new DamagedException("What is compressed in it is damaged after " + unpacked + " bytes."));
        }
    }
}
