package io.modelgate.store;

import io.modelgate.finding.RegistryException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;

/** Says in words why a disk would not. */
final class DiskTrouble {
    private static final List<String> FULL = List.of("No space left", "File too large", "quota exceeded");

    private DiskTrouble() {}

    /** Whether it was the disk of the target that failed: then nobody else's bytes help. */
    static boolean isAt(Path target, RegistryException trouble) {
        Throwable cause = trouble.getCause();
        if (cause instanceof FileSystemException known) {
            return known.getFile() != null
                    && Path.of(known.getFile())
                            .toAbsolutePath()
                            .startsWith(target.toAbsolutePath().resolveSibling(""));
        }
        return cause instanceof IOException e && isFull(e);
    }

    /** Whether no more can be written to a disk of this machine. */
    static boolean isFull(IOException e) {
        return FULL.stream().anyMatch(word -> String.valueOf(e.getMessage()).contains(word));
    }

    /** Half a sentence, such as {@code permission denied (/srv/store)}. */
    static String words(IOException e) {
        String file = e instanceof FileSystemException trouble ? trouble.getFile() : null;
        return reason(e) + (file == null ? "" : " (" + file + ")");
    }

    /** What to do about it. */
    static String remedy(IOException e) {
        return isFull(e)
                ? "Free some space on the disk, then run the command again: what is complete already is kept."
                : "Check that the folder is there and its permissions, then run the command again.";
    }

    /** The same without the name of the file. */
    static String reason(IOException e) {
        if (e instanceof ClosedByInterruptException) {
            return "interrupted";
        }
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof NoSuchFileException) {
            return "there is no such file or folder";
        }
        if (e instanceof FileAlreadyExistsException || e instanceof NotDirectoryException) {
            return "a file is where a folder must be";
        }
        if (e instanceof DirectoryNotEmptyException) {
            return "a folder is where a file must be";
        }
        String told = e instanceof FileSystemException trouble ? trouble.getReason() : e.getMessage();
        return told == null ? e.getClass().getSimpleName() : told;
    }
}
