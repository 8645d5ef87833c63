package io.modelgate.audit;

import io.modelgate.manifest.DigestIndex;
import io.modelgate.store.FileDigest;
import java.util.Arrays;

/**
 * The different files of many versions, by what their bytes must be: how large each is, how many versions have it, and whether it
 * was read. Each takes about 60 bytes of memory. For one thread.
 */
final class FileTable {
    private final DigestIndex digests = new DigestIndex();
    private long[] sizes = new long[256];
    private int[] versions = new int[256];
    private boolean[] read = new boolean[256];
    private long bytes;

    /** Counts one more version that has a file. The size is that of whoever comes first: there are no two for one digest. */
    void add(FileDigest file) {
        int number = digests.add(file.digest());
        if (number == sizes.length) {
            int more = number + number / 2;
            sizes = Arrays.copyOf(sizes, more);
            versions = Arrays.copyOf(versions, more);
            read = Arrays.copyOf(read, more);
        }
        if (versions[number]++ == 0) {
            sizes[number] = file.size();
            bytes += file.size();
        }
    }

    /** Their digests. */
    DigestIndex digests() {
        return digests;
    }

    /** How large all are together. */
    long bytes() {
        return bytes;
    }

    /** How many versions have a file. */
    int versions(FileDigest file) {
        return versions[digests.find(file.digest())];
    }

    /** Whether a file is to be read now, which it is once: from then on it counts as read. One of another size than whoever came first said is never read. */
    boolean beginReading(FileDigest file) {
        int number = digests.find(file.digest());
        if (sizes[number] != file.size()) {
            return true;
        }
        boolean first = !read[number];
        read[number] = true;
        return first;
    }
}
