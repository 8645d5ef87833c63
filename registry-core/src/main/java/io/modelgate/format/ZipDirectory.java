package io.modelgate.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The directory at the end of a zip, read as Python's {@code zipfile} reads it.
 *
 * @param before how many bytes stand before the archive
 * @param after how many bytes stand after it
 * @param startsAt where the directory starts in the file
 */
record ZipDirectory(List<ZipEntry> entries, long before, long after, long startsAt) {
    private static final int END = 22;
    private static final int LONGEST_COMMENT = 0xffff;
    private static final int LOCATOR_64 = 20;
    private static final int END_64 = 56;
    private static final int MOST_ENTRIES = 100_000;
    private static final long IS_IN_64 = 0xffff_ffffL;

    ZipDirectory {
        entries = List.copyOf(entries);
    }

    /** The directory of a file, wherever its archive begins; empty when it has none at its end. */
    static Optional<ZipDirectory> of(Bytes bytes) throws DamagedException {
        long size = bytes.size();
        int tail = (int) Math.min(size, END + LONGEST_COMMENT);
        byte[] last = bytes.slice(size - tail, tail);
        for (int i = last.length - END; i >= 0; i--) {
            if (last[i] == 'P' && last[i + 1] == 'K' && last[i + 2] == 5 && last[i + 3] == 6) {
                return Optional.of(read(bytes, size - tail + i, size));
            }
        }
        return Optional.empty();
    }

    private static ZipDirectory read(Bytes bytes, long endAt, long size) throws DamagedException {
        Cursor end = new Cursor(bytes, endAt + 10);
        long count = end.little(2);
        long length = end.little(4);
        long offset = end.little(4);
        long after = size - end.at() - 2 - end.little(2);
        long directoryEnd = endAt;
        if (bytes.has(endAt - LOCATOR_64, 'P', 'K', 6, 7) && bytes.has(endAt - LOCATOR_64 - END_64, 'P', 'K', 6, 6)) {
            directoryEnd = endAt - LOCATOR_64 - END_64;
            end.to(directoryEnd + 32);
            count = end.count(8, MOST_ENTRIES);
            length = end.count(8, size);
            offset = end.count(8, size);
        }
        long startsAt = directoryEnd - length;
        long before = startsAt - offset;
        if (before < 0) {
            throw new DamagedException("It is no whole zip: its directory is not where its end says.");
        }
        List<ZipEntry> entries = new ArrayList<>();
        Cursor cursor = new Cursor(bytes, startsAt);
        while (cursor.at() < directoryEnd) {
            if (entries.size() == MOST_ENTRIES) {
                throw new DamagedException("It has more than " + MOST_ENTRIES + " entries; they were not read.");
            }
            entries.add(entry(cursor, before));
        }
        if (entries.size() != count) {
            throw new DamagedException("It is no whole zip: its directory lists " + entries.size()
                    + " entries, and its end says " + count + ".");
        }
        return new ZipDirectory(entries, before, after, startsAt);
    }

    private static ZipEntry entry(Cursor cursor, long before) throws DamagedException {
        if (cursor.little(4) != 0x02014b50) {
            throw new DamagedException("It is no whole zip: its directory is damaged.");
        }
        cursor.skip(4);
        int flags = (int) cursor.little(2);
        int method = (int) cursor.little(2);
        cursor.skip(4);
        long checksum = cursor.little(4);
        long packed = cursor.little(4);
        long size = cursor.little(4);
        int nameLength = (int) cursor.little(2);
        int extraLength = (int) cursor.little(2);
        int commentLength = (int) cursor.little(2);
        cursor.skip(4);
        long attributes = cursor.little(4);
        long offset = cursor.little(4);
        byte[] name = cursor.take(nameLength);
        Cursor extra = new Cursor(new MemoryBytes(cursor.take(extraLength)), 0);
        cursor.skip(commentLength);
        if (size == IS_IN_64 || packed == IS_IN_64 || offset == IS_IN_64) {
            if (findExtra64(extra)) {
                size = size == IS_IN_64 ? extra.count(8, Long.MAX_VALUE) : size;
                packed = packed == IS_IN_64 ? extra.count(8, Long.MAX_VALUE) : packed;
                offset = offset == IS_IN_64 ? extra.count(8, Long.MAX_VALUE / 2) : offset;
            }
        }
        return new ZipEntry(
                new String(name, UTF_8),
                new String(name, ISO_8859_1),
                flags,
                method,
                checksum,
                packed,
                size,
                before + offset,
                attributes);
    }

    private static boolean findExtra64(Cursor extra) throws DamagedException {
        while (!extra.ended()) {
            int id = (int) extra.little(2);
            int length = (int) extra.little(2);
            if (id == 1) {
                return true;
            }
            extra.skip(length);
        }
        return false;
    }
}
