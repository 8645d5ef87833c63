package io.modelgate.git;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import org.eclipse.jgit.lib.Repository;

/** Words for what can be wrong with a repository. */
final class Trouble {
    private static final int DEEPEST_CAUSE = 10;

    private Trouble() {}

    /** What an exception is about, in the words of the operating system where it has any. */
    static String words(Throwable thrown) {
        Throwable cause = thrown;
        for (int i = 0; i < DEEPEST_CAUSE && cause.getCause() != null; i++) {
            cause = cause.getCause();
        }
        if (cause instanceof AccessDeniedException denied) {
            return denied.getFile() + ": permission denied";
        }
        if (cause instanceof FileSystemException failed && failed.getReason() != null) {
            return failed.getFile() + ": " + failed.getReason();
        }
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }

    static boolean isShallow(Repository repository) {
        return Files.exists(repository.getCommonDirectory().toPath().resolve("shallow"));
    }

    static boolean isPartial(Repository repository) {
        return repository.getConfig().getString("extensions", null, "partialClone") != null
                || repository.getConfig().getSubsections("remote").stream()
                        .anyMatch(remote -> repository.getConfig().getBoolean("remote", remote, "promisor", false));
    }

    static String whyIncomplete(Repository repository) {
        if (isShallow(repository)) {
            return "it is a shallow clone, without the whole history";
        }
        return isPartial(repository) ? "it is a partial clone, without all files" : "it is damaged or incomplete";
    }

    static String howToComplete(Repository repository) {
        if (isShallow(repository)) {
            return "Fetch the whole history: 'git fetch --unshallow'.";
        }
        return isPartial(repository)
                ? "Fetch all files: 'git fetch --refetch --no-filter', or clone without --filter."
                : "Run 'git fsck' in " + repository.getDirectory() + " to see what is missing, and fetch it.";
    }
}
