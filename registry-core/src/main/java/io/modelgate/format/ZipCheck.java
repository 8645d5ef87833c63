package io.modelgate.format;

import io.modelgate.finding.Text;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Says what makes a zip unsafe to unpack, or another thing to one reader than to the next. */
final class ZipCheck {
    private final Bytes zip;
    private final ZipDirectory directory;
    private final Notes notes;

    ZipCheck(Bytes zip, ZipDirectory directory, Notes notes) {
        this.zip = zip;
        this.directory = directory;
        this.notes = notes;
    }

    void run() throws DamagedException {
        if (directory.before() > 0) {
            notes.problem(
                    directory.before() + " bytes stand before the zip: it can be something else to another reader.");
        }
        if (directory.after() != 0) {
            notes.problem("Its end is not the end of the file: it can be something else to another reader.");
        }
        Set<String> names = new HashSet<>();
        for (ZipEntry each : directory.entries()) {
            if (!names.add(each.name())) {
                notes.problem("It has two entries with the name " + shown(each) + ".");
            }
            check(each);
        }
        checkSizes();
        checkPlaces();
    }

    private void check(ZipEntry entry) throws DamagedException {
        if (entry.leavesTheFolder()) {
            notes.problem("Its entry " + shown(entry) + " leaves the folder that it is unpacked into.");
        }
        if (entry.isLink()) {
            notes.problem("Its entry " + shown(entry) + " is a symbolic link.");
        }
        if (entry.isEncrypted()) {
            notes.problem("Its entry " + shown(entry) + " is encrypted, and was not read.");
        } else if (!entry.isReadable() && !entry.isFolder()) {
            notes.problem("Its entry " + shown(entry) + " is packed in a way that is not read here.");
        }
        if (!entry.agreesWithItsHeader(zip)) {
            notes.problem("Its entry " + shown(entry) + " is another one in its own header.");
        }
        if (!zip.reaches(entry.dataAt(zip) + entry.packed())) {
            throw new DamagedException("It is cut: its entry " + shown(entry) + " goes on after its end.");
        }
    }

    private void checkSizes() throws DamagedException {
        long unpacked = 0;
        for (ZipEntry each : directory.entries()) {
            unpacked += Math.min(each.size(), Long.MAX_VALUE / 200_000);
        }
        if (Limits.isBomb(unpacked, zip.size())) {
            notes.problem(
                    "It unpacks to " + unpacked + " bytes, more than 200 times its size, as a compression bomb does.");
        }
    }

    /** Entries one after the other: overlapping ones are a bomb, and one between that is not listed is hidden. */
    private void checkPlaces() throws DamagedException {
        List<ZipEntry> inOrder = directory.entries().stream()
                .sorted(Comparator.comparingLong(ZipEntry::headerAt))
                .toList();
        long end = directory.before();
        for (ZipEntry each : inOrder) {
            checkGap(end, each.headerAt());
            end = each.dataAt(zip) + each.packed();
        }
        checkGap(end, directory.startsAt());
    }

    private void checkGap(long from, long to) throws DamagedException {
        if (to < from) {
            notes.problem("Its entries overlap.");
        } else if (zip.has(from, 'P', 'K', 3, 4) && to > from) {
            notes.problem("It holds an entry that its directory does not list.");
        }
    }

    private static String shown(ZipEntry entry) {
        return Text.excerpt(entry.name(), 80);
    }
}
