package io.modelgate.format;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The root group of an HDF5 file, as far as its attributes that are texts, as the HDF5 File Format Specification 3.0 describes
 * them. Sizes of addresses and lengths are 8 bytes, as the library writes them.
 */
final class HdfRoot {
    private static final int CONTINUATION = 0x10;
    private static final int ATTRIBUTE = 0x0c;
    private static final int ATTRIBUTE_INFO = 0x15;
    private static final int MOST_MESSAGES = 100_000;
    private static final int MOST_CHUNKS = 1000;

    private final Bytes bytes;
    private final long base;
    private final Map<String, Bytes> attributes = new LinkedHashMap<>();
    private int messages;
    private int chunks;
    private boolean dense;

    private HdfRoot(Bytes bytes, long base) {
        this.bytes = bytes;
        this.base = base;
    }

    /** Reads the root of a file that begins at {@code at}; throws if it is cut. */
    static HdfRoot of(Bytes bytes, long at) throws DamagedException {
        Cursor cursor = new Cursor(bytes, at + 8);
        int version = cursor.u8();
        if (version > 3) {
            throw new DamagedException("It is HDF5 with a superblock of version " + version + ", which was not read.");
        }
        boolean old = version < 2;
        cursor.to(at + (old ? 13 : 9));
        int offsets = cursor.u8();
        int lengths = cursor.u8();
        if (offsets != 8 || lengths != 8) {
            throw new DamagedException("It is no whole HDF5: its addresses are of " + offsets + " bytes.");
        }
        cursor.to(at + (version == 0 ? 24 : version == 1 ? 28 : 12));
        cursor.skip(16);
        long end = cursor.count(8, Long.MAX_VALUE / 2); // from the start of the file
        if (!bytes.reaches(end)) {
            throw new DamagedException("It is cut: it says that it is " + end + " bytes long.");
        }
        cursor.skip(old ? 16 : 0);
        HdfRoot root = new HdfRoot(bytes, at);
        root.readHeader(at + cursor.count(8, Long.MAX_VALUE / 2));
        return root;
    }

    Optional<Bytes> attribute(String name) {
        return Optional.ofNullable(attributes.get(name));
    }

    /** Whether there are attributes in a place that is not read. */
    boolean isDense() {
        return dense;
    }

    private void readHeader(long at) throws DamagedException {
        Cursor cursor = new Cursor(bytes, at);
        if (bytes.has(at, "OHDR")) {
            cursor.skip(5);
            int flags = cursor.u8();
            cursor.skip(((flags & 0x20) != 0 ? 16 : 0) + ((flags & 0x10) != 0 ? 4 : 0));
            long length = cursor.count(1 << (flags & 3), Limits.HEADER);
            readMessages(cursor, cursor.at() + length, true, (flags & 4) != 0);
        } else {
            if (cursor.u8() != 1) {
                throw new DamagedException("It is no whole HDF5: its root has no header.");
            }
            cursor.skip(7);
            long length = cursor.count(4, Limits.HEADER);
            cursor.skip(4);
            readMessages(cursor, cursor.at() + length, false, false);
        }
    }

    /** The second version of a header packs its messages more tightly. */
    private void readMessages(Cursor cursor, long end, boolean tight, boolean ordered) throws DamagedException {
        if (++chunks > MOST_CHUNKS) {
            throw new DamagedException("It is no whole HDF5: its root goes on and on.");
        }
        int least = tight ? 4 : 8;
        while (cursor.at() + least <= end) {
            if (++messages > MOST_MESSAGES) {
                throw new DamagedException("It is no whole HDF5: its root has too many messages.");
            }
            int type = (int) cursor.little(tight ? 1 : 2);
            long length = cursor.little(2);
            cursor.skip(tight ? 1 : 4);
            cursor.skip(ordered ? 2 : 0);
            long next = cursor.at() + length;
            if (type == ATTRIBUTE) {
                HdfAttribute.read(bytes, base, cursor).ifPresent(each -> attributes.put(each.name(), each.text()));
            } else if (type == ATTRIBUTE_INFO) {
                cursor.skip(1);
                cursor.skip((cursor.u8() & 1) != 0 ? 2 : 0);
                dense |= cursor.little(8) != -1;
            } else if (type == CONTINUATION) {
                goOn(cursor.count(8, Long.MAX_VALUE / 2), cursor.count(8, Limits.HEADER), tight, ordered);
            }
            cursor.to(next);
        }
    }

    private void goOn(long address, long length, boolean tight, boolean ordered) throws DamagedException {
        int signature = tight ? 4 : 0;
        Cursor there = new Cursor(bytes, base + address + signature);
        readMessages(there, base + address + length - signature, tight, ordered);
    }
}
