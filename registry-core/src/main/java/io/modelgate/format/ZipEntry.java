package io.modelgate.format;

import java.util.zip.CRC32;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/**
 * One entry of a zip, as the directory at its end describes it.
 *
 * @param rawName its name, one character for each byte
 * @param headerAt where its local header is in the file
 */
record ZipEntry(
        String name,
        String rawName,
        int flags,
        int method,
        long checksum,
        long packed,
        long size,
        long headerAt,
        long attributes) {
    private static final int LOCAL_HEADER = 30;
    private static final int SMALL = 1 << 20;
    private static final int STORED = 0;
    private static final int DEFLATED = 8;
    private static final int LINK = 0xa;

    boolean isFolder() {
        return name.endsWith("/");
    }

    boolean isEncrypted() {
        return (flags & 1) == 1;
    }

    /** Whether Unix made it a symbolic link. */
    boolean isLink() {
        return attributes >>> 28 == LINK;
    }

    boolean leavesTheFolder() {

        return NeededFile.leavesTheFolder(name);
    }

    /** Where its bytes start, after its local header. */
    long dataAt(Bytes zip) throws DamagedException {
        byte[] local = localHeader(zip);
        return headerAt + LOCAL_HEADER + little(local, 26) + little(local, 28);
    }

    /** Whether its local header calls it by the same name, and packs it in the same way. */
    boolean agreesWithItsHeader(Bytes zip) throws DamagedException {
        byte[] local = localHeader(zip);
        return little(local, 26) == rawName.length()
                && little(local, 8) == method
                && zip.has(headerAt + LOCAL_HEADER, rawName);
    }

    /** What is packed in it. Encrypted, and packed in other ways than Python does without being asked, it stays as it is. */
    Bytes content(Bytes zip, Limits limits) throws DamagedException {
        Bytes data = zip.part(dataAt(zip), packed);
        return method == DEFLATED && !isEncrypted()
                ? new UnpackedBytes(data, in -> new InflaterInputStream(in, new Inflater(true)), limits)
                : data;
    }

    boolean isReadable() {
        return !isEncrypted() && (method == STORED || method == DEFLATED);
    }

    /** Whether the content has the size and the checksum that the directory says; only small ones are read for that. */
    boolean isWhole(Bytes content) throws DamagedException {
        if (size > SMALL) {
            return true;
        }
        CRC32 crc = new CRC32();
        byte[] bytes = content.slice(0, (int) size + 1);
        if (bytes.length < size) {
            content.reaches(size); // throws when there is more that was not read
        }
        crc.update(bytes);
        return bytes.length == size && crc.getValue() == checksum;
    }

    private byte[] localHeader(Bytes zip) throws DamagedException {
        byte[] local = zip.slice(headerAt, LOCAL_HEADER);
        if (local.length < LOCAL_HEADER || !zip.has(headerAt, 'P', 'K', 3, 4)) {
            throw new DamagedException("It is no whole zip: " + name + " is not where the directory says.");
        }
        return local;
    }

    private static int little(byte[] bytes, int at) {
        return (bytes[at] & 0xff) | (bytes[at + 1] & 0xff) << 8;
    }
}
