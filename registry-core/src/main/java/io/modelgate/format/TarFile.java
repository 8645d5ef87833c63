package io.modelgate.format;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.modelgate.finding.Text;
import java.util.Optional;

/** Archives of tar. Long names of GNU and PAX are taken for entries of their own, which does no harm here. */
final class TarFile implements Kind {
    private static final int BLOCK = 512;
    private static final int MOST_ENTRIES = 10_000;

    @Override
    public void read(Sample sample, Notes notes) throws DamagedException {
        Bytes tar = sample.bytes();
        if (!tar.has(257, "ustar")) {
            return;
        }
        notes.is(Format.TAR);
        long at = 0;
        for (int i = 0; i < MOST_ENTRIES; i++) {
            byte[] header = tar.slice(at, BLOCK);
            if (header.length < BLOCK) {
                throw DamagedException.cut(at + header.length);
            }
            if (header[0] == 0) {
                return;
            }
            if (!tar.has(at + 257, "ustar")) {
                throw new DamagedException("It is no whole tar: an entry has no header.");
            }
            long size = octal(header);
            entry(sample, header, at + BLOCK, size, notes);
            at += BLOCK + (size + BLOCK - 1) / BLOCK * BLOCK;
        }
        throw new DamagedException("It has more than " + MOST_ENTRIES + " entries; the rest was not read.");
    }

    private static void entry(Sample sample, byte[] header, long at, long size, Notes notes) throws DamagedException {
        String name = text(header, 0, 100);
        char type = (char) header[156];
        String shown = Text.excerpt(name, 80);
        if (NeededFile.leavesTheFolder(name)) {
            notes.problem("Its entry " + shown + " leaves the folder that it is unpacked into.");
        }
        if (type == '1' || type == '2') {
            if (NeededFile.leavesTheFolder(text(header, 157, 100))) {
                notes.problem("Its entry " + shown + " is a link that leaves the folder.");
            }
        } else if (type == '0' || type == 0) {
            if (!sample.bytes().reaches(at + size)) {
                throw new DamagedException("It is cut: its entry " + shown + " goes on after its end.");
            }
            Notes inner = Examination.of(sample.inside(sample.bytes().part(at, size), name));
            if (!inner.format().equals(Optional.of(Format.EMPTY))) {
                notes.include(inner, name);
            }
        }
    }

    private static long octal(byte[] header) throws DamagedException {
        String digits = text(header, 124, 12).strip();
        if (!digits.matches("[0-7]{1,11}")) {
            throw new DamagedException("It is no whole tar: an entry has no valid size.");
        }
        return Long.parseLong(digits, 8);
    }

    private static String text(byte[] header, int from, int length) {
        int end = from;
        while (end < from + length && header[end] != 0) {
            end++;
        }
        return new String(header, from, end - from, from == 0 ? UTF_8 : US_ASCII);
    }
}
