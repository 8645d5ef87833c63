package io.modelgate.host;

import io.modelgate.finding.Checked;
import io.modelgate.git.CommitFacts;
import io.modelgate.git.CommitId;
import io.modelgate.git.EntryMode;
import io.modelgate.git.Snapshot;
import io.modelgate.git.TreeEntry;
import io.modelgate.manifest.SourceFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Checks that what is pushed is one event more on its ref: a commit after the newest one, by the pusher, whose tree is one
 * small document in the form that Modelgate writes.
 *
 * @param about whether the last parent must be the commit that the event is about
 */
record PushedEvent(PushedRef pushed, Push push, boolean about) {
    private static final int MOST_BYTES = 512 << 10;

    /** An event that adds to the ref itself. */
    static PushedEvent on(PushedRef pushed, Push push, boolean about) {
        return new PushedEvent(pushed, push, about);
    }

    /** The commit, if it comes right after that one. */
    Optional<CommitFacts> after(Optional<CommitId> before) {
        CommitId id = pushed.after().orElseThrow();
        if (!push.repository().has(id)) {
            refuse("event", "It is not a commit.", "Use Modelgate to write it.");
            return Optional.empty();
        }
        CommitFacts commit = push.repository().facts(id);
        List<CommitId> expected = new ArrayList<>();
        before.ifPresent(expected::add);
        int size = expected.size() + (about ? 1 : 0);
        if (commit.parents().size() != size
                || !commit.parents().subList(0, expected.size()).equals(expected)) {
            refuse(
                    "append-only",
                    "It is not one event after "
                            + before.map(CommitId::abbreviated).orElse("nothing") + ".",
                    "What is said here is never rewritten: fetch, and say the next thing with Modelgate.");
            return Optional.empty();
        }
        push.checkClaims(pushed, commit);
        before.map(old -> push.repository().facts(old).committedAt())
                .filter(old -> commit.committedAt().isBefore(old))
                .ifPresent(old -> refuse("time", "It is older than what it comes after.", "Set your machine's clock."));
        return Optional.of(commit);
    }

    /** The one document of the commit, if it is readable and is what Modelgate itself would write. */
    <T> Optional<T> document(
            CommitFacts commit, String file, Function<SourceFile, Checked<T>> reader, Function<T, SourceFile> writer) {
        Snapshot tree = push.repository().snapshot(commit.id());
        List<TreeEntry> entries = tree.list("");
        if (entries.size() != 1 || !entries.get(0).name().equals(file) || !isSmallFile(tree, entries.get(0))) {
            refuse(
                    "event",
                    "It must hold one regular file " + file + " of at most " + MOST_BYTES + " bytes, and nothing else.",
                    "Use Modelgate to write it.");
            return Optional.empty();
        }
        SourceFile document = tree.read(entries.get(0));
        Checked<T> read = reader.apply(document);
        push.find(read.findings());
        Optional<T> value = read.value();
        if (value.filter(present -> !writer.apply(present).digest().equals(document.digest()))
                .isPresent()) {
            refuse(
                    "event",
                    file + " is not in the form that the registry's Modelgate writes.",
                    "Use the version of Modelgate that the registry uses.");
            return Optional.empty();
        }
        return value;
    }

    /** Whether an entry is an ordinary file that a document may have the size of. */
    static boolean isSmallFile(Snapshot tree, TreeEntry entry) {
        return entry.mode() == EntryMode.FILE && tree.size(entry) <= MOST_BYTES;
    }

    private void refuse(String rule, String message, String remedy) {
        push.refuse(pushed, rule, message, remedy);
    }
}
