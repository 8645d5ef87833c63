package io.modelgate.git;

import io.modelgate.finding.RegistryException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevCommit;
import org.jspecify.annotations.Nullable;

/** Reads what a commit says from its bytes, which anybody may have written. */
final class CommitReader {
    private CommitReader() {}

    /** The tree that a commit holds. */
    static ObjectId tree(CommitId id, byte[] bytes) {
        try {
            return ObjectId.fromString(bytes, "tree ".length());
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw malformed(id, e);
        }
    }

    static CommitFacts read(CommitId id, byte[] bytes) {
        try {
            RevCommit commit = RevCommit.parse(bytes);
            List<CommitId> parents =
                    Stream.of(commit.getParents()).map(CommitId::of).toList();
            PersonIdent committer = commit.getCommitterIdent();
            return new CommitFacts(
                    id,
                    parents,
                    commit.getFullMessage(),
                    signature(commit.getAuthorIdent()),
                    signature(committer),
                    committer == null ? Instant.EPOCH : committer.getWhenAsInstant());
        } catch (IllegalArgumentException | IndexOutOfBoundsException | DateTimeException e) {
            throw malformed(id, e);
        }
    }

    private static RegistryException malformed(CommitId id, Exception cause) {
        return new RegistryException(
                RegistryException.Kind.INTEGRITY,
                "Commit " + id + " is malformed.",
                "Git does not write such commits: see who pushed it, and let the server check: 'git config receive.fsckObjects true'.",
                cause);
    }

    private static CommitFacts.Signature signature(@Nullable PersonIdent person) {
        return person == null
                ? new CommitFacts.Signature("", "")
                : new CommitFacts.Signature(person.getName(), person.getEmailAddress());
    }
}
