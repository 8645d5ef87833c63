package io.modelgate.host;

import io.modelgate.finding.RegistryException;
import io.modelgate.git.Author;
import io.modelgate.git.CommitDraft;
import io.modelgate.git.CommitId;
import io.modelgate.git.PublishResult;
import io.modelgate.git.RefChange;
import io.modelgate.git.RegistryRepository;
import io.modelgate.git.Snapshot;
import io.modelgate.git.TreeEdit;
import io.modelgate.manifest.SourceFile;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes events: commits whose tree is one small document, whose first parent is the event before it and whose last parent is
 * the commit that it is about.
 *
 * @param author who the commits say made them
 */
record LocalEvents(RegistryRepository repository, Author author, Clock clock) {
    /** Writes one event; no ref moves. */
    CommitId write(SourceFile document, Optional<CommitId> before, Optional<CommitId> about) {
        return write(
                repository.edit(repository.empty(), TreeEdit.of(List.of(document))), document.path(), before, about);
    }

    /** Writes one event whose tree is there already; no ref moves. */
    CommitId write(Snapshot tree, String title, Optional<CommitId> before, Optional<CommitId> about) {
        List<CommitId> parents = new ArrayList<>();
        before.ifPresent(parents::add);
        about.ifPresent(parents::add);
        return repository.commit(tree, new CommitDraft(title + "\n", author, noEarlierThan(before), parents));
    }

    /** Adds an event to the end of a ref; false when somebody else was faster. */
    boolean append(String ref, SourceFile document, Optional<CommitId> about) {
        Optional<CommitId> before = repository.ref(ref);
        return move(ref, before, write(document, before, about));
    }

    /** Moves a ref to its next event; false when somebody else was faster. */
    boolean move(String ref, Optional<CommitId> before, CommitId next) {
        return publish(List.of(new RefChange(ref, before, Optional.of(next))));
    }

    /** Moves refs, all or none; false when somebody else was faster. */
    boolean publish(List<RefChange> changes) {
        PublishResult published = repository.publish(changes);
        if (published instanceof PublishResult.Refused refused) {
            throw RegistryException.environment(
                    "The registry did not accept this: " + refused.message(),
                    "Do what it says; see also 'modelgate doctor'.",
                    null);
        }
        return published instanceof PublishResult.Published;
    }

    /** Now, or the time of the commit before where that is later: clocks differ, but time only goes forward. */
    Instant noEarlierThan(Optional<CommitId> before) {
        Instant now = clock.instant();
        return before.map(commit -> repository.facts(commit).committedAt())
                .filter(now::isBefore)
                .orElse(now);
    }
}
