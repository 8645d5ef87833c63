package io.modelgate.store;

import io.modelgate.finding.RegistryException;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** How much room there is where files are to go. */
final class DiskSpace {
    private DiskSpace() {}

    /** The bytes that this user can still write there; empty where the file system does not tell. */
    static OptionalLong usable(Path folder) {
        try {
            return usable(Files.getFileStore(folder));
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    static OptionalLong usable(FileStore disk) throws IOException {
        long usable = disk.getUsableSpace();
        // Some network file systems say 0 of 0; very large ones overflow.
        return usable > 0 || (usable == 0 && disk.getTotalSpace() > 0) ? OptionalLong.of(usable) : OptionalLong.empty();
    }

    /** All bytes of that disk; empty where the file system does not tell. */
    static OptionalLong total(Path folder) {
        try {
            long total = Files.getFileStore(folder).getTotalSpace();
            return total > 0 ? OptionalLong.of(total) : OptionalLong.empty();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    /** Whether two folders are on one disk. */
    static boolean isOne(Path one, Path other) {
        try {
            return Files.getFileStore(one).equals(Files.getFileStore(other));
        } catch (IOException e) {
            return false;
        }
    }

    /** That so many bytes can be written there; ENVIRONMENT when they cannot, before anything is. */
    static void require(Path folder, long needed) {
        OptionalLong usable = usable(folder);
        if (needed > 0 && usable.isPresent() && usable.getAsLong() < needed) {
            throw full(folder, needed, usable.getAsLong());
        }
    }

    static RegistryException full(Path folder, long needed, long usable) {
        return RegistryException.environment(
                "There is not enough space for " + folder + ": " + ByteSize.words(needed)
                        + " are still missing, and the disk has " + ByteSize.words(usable) + " left.",
                "Free at least " + ByteSize.words(needed - usable)
                        + ", or name a folder on another disk; what is there already is kept.",
                null);
    }
}
